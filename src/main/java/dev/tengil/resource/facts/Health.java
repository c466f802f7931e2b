package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.PortKnock;
import dev.tengil.host.Result;
import dev.tengil.model.VmId;
import dev.tengil.resource.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a container is for works, asked of it now: from the host at its real address, or by a program inside. wget comes with
 * pve-manager, which depends on it; curl need not be there.
 *
 * @param running whether the container runs at all
 * @param problem null when it works, else why not, in half a sentence
 */
public record Health(boolean running, @Nullable String problem) {

    private static final Pattern STATUS = Pattern.compile("(?m)^\\s*HTTP/\\d(?:\\.\\d)? (\\d{3})(?: (.*))?$");
    private static final Pattern REASON = Pattern.compile("(?m)(?:failed|unable to [^:]+|Read error[^:]*): (.+?)\\.?$");

    /** A program in a container, and the look at its address, take their time to be started at all. */
    private static final Duration SLOW_START = Duration.ofSeconds(10);

    /** Asks once. */
    public static Health ask(Host host, VmId vmid, HealthCheck check) throws HostException {
        if (check.probe() instanceof HealthCheck.Probe.Exec exec) {
            return asked(host, vmid, exec, check.timeout());
        }
        GuestAddress seen = GuestAddress.of(host, vmid);
        if (!seen.running()) {
            return new Health(false, "it does not run");
        }
        return new Health(
                true, seen.address() == null ? "it has no address yet" : problem(host, seen.address(), check));
    }

    /** The same of one whose address is known; null when all is well. */
    public static @Nullable String problem(Host host, String address, HealthCheck check) throws HostException {
        Result result = host.run(command(check.probe(), address, check.timeout()));
        return switch (check.probe()) {
            case HealthCheck.Probe.Http http -> status(result, check.timeout());
            case HealthCheck.Probe.Tcp tcp ->
                result.exit() == 0
                        ? null
                        : result.err().contains("refused")
                                ? "nothing listens on port " + tcp.port()
                                : "port " + tcp.port() + " cannot be reached" + late(result, check.timeout());
            case HealthCheck.Probe.Exec _ -> null;
        };
    }

    /**
     * What a person would type to ask the same.
     *
     * @param address a word in its place does for showing it
     */
    public static Command command(HealthCheck.Probe probe, String address, Duration timeout) {
        return switch (probe) {
            case HealthCheck.Probe.Http http ->
                Command.reads(
                                "wget",
                                "--no-config",
                                "--no-hsts",
                                "--no-proxy",
                                // Certificates are made for names, and here an address is asked.
                                "--no-check-certificate",
                                "-nv",
                                "-S",
                                "-t",
                                "1",
                                "-T",
                                Long.toString(timeout.toSeconds()),
                                "--max-redirect=0",
                                "-O",
                                "/dev/null",
                                "--",
                                (http.encrypted() ? "https://" : "http://")
                                        + (address.contains(":") ? "[" + address + "]" : address) + ":" + http.port()
                                        + http.path())
                        .withDeadline(timeout.plusSeconds(1))
                        .withOkExits(0, 1, 2, 3, 4, 5, 6, 7, 8, Result.DEADLINE_EXIT);
            case HealthCheck.Probe.Tcp tcp -> PortKnock.command(address, tcp.port(), timeout);
            case HealthCheck.Probe.Exec exec -> {
                List<String> argv = new ArrayList<>(List.of("pct", "exec", address, "--"));
                argv.addAll(exec.argv());
                yield Command.reads(argv).withDeadline(timeout.plus(SLOW_START));
            }
        };
    }

    private static Health asked(Host host, VmId vmid, HealthCheck.Probe.Exec exec, Duration timeout)
            throws HostException {
        Result result = host.run(command(exec, vmid.toString(), timeout));
        if (result.exit() == 0) {
            return new Health(true, null);
        }
        boolean stopped = result.err().contains("not running");
        String last = (result.err() + "\n" + result.out())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (first, later) -> later);
        return new Health(
                !stopped,
                stopped
                        ? "it does not run"
                        : exec.argv().getFirst()
                                + (result.exit() == Result.DEADLINE_EXIT
                                        ? " does not end"
                                        : " ended with " + result.exit() + (last.isEmpty() ? "" : ": " + last)));
    }

    private static @Nullable String status(Result result, Duration timeout) {
        Matcher status = STATUS.matcher(result.err());
        if (status.find()) {
            int code = Integer.parseInt(status.group(1));
            String phrase = status.group(2) == null ? "" : " " + status.group(2).strip();
            return code >= 200 && code < 400 ? null : "it answers " + code + phrase.stripTrailing();
        }
        Matcher reason = REASON.matcher(result.err());
        return "it does not answer" + (reason.find() ? ": " + reason.group(1) : late(result, timeout));
    }

    private static String late(Result result, Duration timeout) {
        return result.exit() == Result.DEADLINE_EXIT ? " within " + timeout.toSeconds() + " s" : "";
    }
}
