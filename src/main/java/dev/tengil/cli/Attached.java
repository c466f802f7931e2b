package dev.tengil.cli;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.LocalHost;
import dev.tengil.host.Result;
import dev.tengil.host.SshHost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs a program of the host on our own streams: what it reads, prints and returns is ours. */
final class Attached {

    private static final Duration LONG = Duration.ofHours(24);

    private Attached() {}

    /** Its exit code. A simulated host has no terminal: there, input is what was piped in. */
    static int run(Session session, List<String> argv, boolean terminal) throws Stopped {
        Host host = session.host();
        Output output = session.output();
        if (host instanceof SshHost ssh) {
            return inherited(ssh.attached(argv, terminal), output);
        }
        if (host instanceof LocalHost) {
            return inherited(argv, output);
        }
        if (terminal) {
            output.error(
                    "sim.no-terminal",
                    "a simulated host has no shell to offer",
                    "One program at a time: tg exec NAME -- ARGV…, or on the host itself: tg sim -- ARGV…");
            throw new Stopped(Exit.REFUSED);
        }
        Io io = output.io();
        try {
            Bytes stdin = io.interactive() ? Bytes.EMPTY : Bytes.of(io.in().readAllBytes());
            Result result = host.run(Command.reads(argv).withStdin(stdin).withDeadline(LONG));
            io.out().write(result.stdout().toArray(), 0, result.stdout().size());
            io.err().write(result.stderr().toArray(), 0, result.stderr().size());
            return result.exit();
        } catch (HostException e) {
            throw Session.broken(output, e);
        } catch (IOException e) {
            output.error("cli.stdin", "standard input cannot be read: " + e.getMessage(), null);
            throw new Stopped(Exit.ERROR);
        }
    }

    private static int inherited(List<String> words, Output output) throws Stopped {
        output.io().out().flush();
        try {
            return new ProcessBuilder(words).inheritIO().start().waitFor();
        } catch (IOException e) {
            output.error(
                    "host.unreachable", words.getFirst() + " cannot be started: " + e.getMessage(), "Is it installed?");
            throw new Stopped(Exit.ERROR);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(Exit.INTERRUPTED);
        }
    }
}
