package dev.tengil.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who holds the lock, in one line. */
final class Holder {

    private Holder() {}

    static String line(Io io) {
        String user = io.env().getOrDefault("USER", "somebody");
        String machine = io.env().getOrDefault("HOSTNAME", "some machine");
        return user + " on " + machine + ", process " + ProcessHandle.current().pid() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
