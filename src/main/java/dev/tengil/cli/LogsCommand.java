package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.cli.view.Visible;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.resource.container.ConsoleLog;
import dev.tengil.resource.facts.GuestConf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code tg logs NAME…}: what the program of an image printed, as far as it is kept; else the journal of a container with systemd; else
 * the host's notes on its start and end.
 */
final class LogsCommand implements CliCommand {

    private static final int LINES = 100;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** One container's log, with what stands before its lines. */
    private record Log(ContainerSearch.Found found, LogSource source, List<String> last, String prefix) {}

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .required(true)
                .paramLabel("NAME")
                .description("containers: their names in the file, their host names, or their numbers")
                .build());
        spec.addOption(OptionSpec.builder("-n", "--lines")
                .type(Integer.class)
                .paramLabel("N")
                .description("how many lines (default " + LINES + ")")
                .build());
        spec.addOption(OptionSpec.builder("-f", "--follow")
                .type(boolean.class)
                .description("go on with what comes, until Ctrl-C")
                .build());
        spec.usageMessage()
                .footer(
                        "",
                        "What the program of an image prints is kept since the container was made. Of a container with",
                        "systemd its journal is shown, and of others what the host noted of their start and end.");
    }

    @Override
    public Exit run(ParseResult arguments, Output output) {
        int lines = arguments.matchedOptionValue("--lines", LINES);
        boolean follow = arguments.matchedOptionValue("--follow", false);
        List<String> names = arguments.matchedPositionalValue(0, List.<String>of());
        String wrong = lines < 0 || (lines == 0 && !follow)
                ? "--lines takes a number from 1 on"
                : output.globals().json() && (follow || names.size() > 1)
                        ? "--json shows one container's lines, and does not follow"
                        : null;
        if (wrong != null) {
            output.error("cli.usage", wrong, null);
            return Exit.INVALID;
        }
        try (Session session = Session.openWhateverTheState(output)) {
            List<Log> logs = logs(session, ContainerSearch.find(session, names), lines);
            if (logs == null) {
                return Exit.ERROR;
            }
            if (output.globals().json()) {
                output.document(json(logs.getFirst()));
                return Exit.OK;
            }
            logs.forEach(log -> print(log, log.last(), output));
            return follow ? follow(logs, output) : Exit.OK;
        } catch (Stopped e) {
            return e.exit();
        } catch (HostException e) {
            return Session.broken(output, e).exit();
        }
    }

    /** Null after saying of which nothing is known. */
    private static @Nullable List<Log> logs(Session session, List<ContainerSearch.Found> all, int lines)
            throws HostException {
        SortedMap<HostPath, ContainerSearch.Found> configs = new TreeMap<>();
        all.forEach(found -> configs.put(HostPath.of("/etc/pve/lxc/" + found.vmid() + ".conf"), found));
        SortedMap<HostPath, HostFile> files = session.host().read(configs.keySet());
        int widest = all.stream().mapToInt(found -> found.name().length()).max().orElse(0);
        List<Log> logs = new ArrayList<>();
        for (ContainerSearch.Found found : all) {
            HostFile config = files.get(HostPath.of("/etc/pve/lxc/" + found.vmid() + ".conf"));
            String kept = config == null
                    ? null
                    : GuestConf.parse(config.content().latin1()).rawValue(ConsoleLog.KEY);
            String prefix = all.size() == 1
                    ? ""
                    : found.name() + " ".repeat(widest - found.name().length()) + " | ";
            Log log = log(session, found, kept, lines, prefix);
            if (log == null) {
                nothing(session.output(), found);
                return null;
            }
            logs.add(log);
        }
        return logs;
    }

    private static @Nullable Log log(
            Session session, ContainerSearch.Found found, @Nullable String kept, int lines, String prefix)
            throws HostException {
        if (kept != null && kept.startsWith("/")) {
            LogSource printed = new LogSource.Printed(session.host(), HostPath.of(kept));
            List<String> last = printed.last(lines);
            // LXC makes the file at the first start.
            return new Log(found, printed, last == null ? List.of() : last, prefix);
        }
        if (found.running()) {
            LogSource inside = LogSource.Journal.inside(session.host(), found.vmid());
            List<String> last = inside.last(lines);
            if (last != null) {
                return new Log(found, inside, last, prefix);
            }
        }
        LogSource notes = LogSource.Journal.ofHost(session.host(), found.vmid());
        List<String> last = notes.last(lines);
        if (last == null) {
            return null;
        }
        session.output()
                .say("Of what " + found.name() + " prints nothing is kept, and "
                        + (found.running() ? "it has no journal" : "it does not run")
                        + ": this is what the host noted of its start and end.\n"
                        + "To watch it live, on the host: pct console " + found.vmid());
        return new Log(found, notes, last, prefix);
    }

    private static void nothing(Output output, ContainerSearch.Found found) {
        output.error(
                "container.no-logs",
                found.name() + " (" + found.vmid() + ") " + (found.running() ? "has no journal" : "does not run")
                        + ", and the host has none about it",
                "Of what it prints nothing is kept. To watch it live, on the host: pct console " + found.vmid());
    }

    /** Until the reader goes away: Ctrl-C ends the process, and nothing of ours is left anywhere. */
    private static Exit follow(List<Log> logs, Output output) throws HostException {
        while (!output.io().out().checkError()) {
            output.io().pauses().pause(LOOK_AGAIN);
            for (Log log : logs) {
                print(log, log.source().more(), output);
            }
        }
        return Exit.OK;
    }

    private static void print(Log log, List<String> lines, Output output) {
        lines.forEach(line -> output.result(log.prefix() + Visible.printed(line) + "\n"));
        output.io().out().flush();
    }

    private static JsonObject json(Log log) {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("source", log.source().title());
        JsonArray lines = new JsonArray();
        log.last().forEach(lines::add);
        json.add("lines", lines);
        return json;
    }
}
