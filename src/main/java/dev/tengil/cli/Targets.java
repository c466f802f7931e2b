package dev.tengil.cli;

import dev.tengil.host.Host;
import dev.tengil.host.LocalHost;
import dev.tengil.host.SshDestination;
import dev.tengil.host.SshHost;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.host.sim.WayToSimulatedHost;
import dev.tengil.model.Parsed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the host that is meant, and opens it. */
final class Targets {

    private static final Path PROXMOX = Path.of("/etc/pve");

    private Targets() {}

    /**
     * By the command line, then {@code TG_MOCK} and {@code TENGIL_HOST}, then the file; else this machine, if it is a Proxmox host.
     *
     * @param ofFile the file's {@code host:}; null when it does not say
     */
    static Host open(Output output, @Nullable String ofFile) throws Stopped {
        Io io = output.io();
        String named = output.globals().host();
        // Before TENGIL_HOST: who wants a mock does not want the real host that a profile names.
        String mock = io.env().get("TG_MOCK");
        if (named == null && mock != null && !mock.isEmpty() && !mock.equals("0")) {
            named = "sim";
        }
        String fromEnv = io.env().get("TENGIL_HOST");
        if (named == null && fromEnv != null && !fromEnv.isEmpty()) {
            named = fromEnv;
        }
        if (named == null) {
            named = ofFile;
        }
        if (named == null) {
            if (Files.isDirectory(PROXMOX)) {
                return narrated(new LocalHost(), output);
            }
            output.error(
                    "cli.no-host",
                    "this machine is no Proxmox host, and no other was named",
                    "A real one: tg --host ssh://root@ADDRESS …, or host: in the file.\nTo try without one: tg --host sim …");
            throw new Stopped(Exit.INVALID);
        }
        return narrated(named(output, named, io), output);
    }

    private static Host narrated(Host host, Output output) {
        return output.globals().verbose() ? new NarratedHost(host, output.io().err()) : host;
    }

    private static Host named(Output output, String named, Io io) throws Stopped {
        Host brought = io.hosts().get(named);
        if (brought != null) {
            return brought;
        }
        if (named.equals("local")) {
            return new LocalHost();
        }
        if (named.equals("sim") || named.startsWith("sim:")) {
            Path folder = SimCommand.folder(named.equals("sim") ? "" : named.substring("sim:".length()), io);
            return switch (SimCommand.open(folder, named)) {
                case Parsed.Ok<SimulatedHost>(SimulatedHost host) -> new WayToSimulatedHost(host);
                case Parsed.Bad<SimulatedHost>(String reason) -> {
                    output.error("sim.unusable", reason, null);
                    throw new Stopped(Exit.ERROR);
                }
            };
        }
        return switch (SshDestination.parse(named)) {
            case Parsed.Ok<SshDestination>(SshDestination destination) -> new SshHost(destination);
            case Parsed.Bad<SshDestination>(String reason) -> {
                output.error("cli.host", reason, "Write local, sim, sim:DIR, ssh://user@host[:port] or an ssh alias.");
                throw new Stopped(Exit.INVALID);
            }
        };
    }
}
