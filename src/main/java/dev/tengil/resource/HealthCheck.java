package dev.tengil.resource;

import java.time.Duration;
import java.util.List;

/**
 * How to tell that what a container is for works.
 *
 * @param interval from one question to the next
 * @param timeout how long an answer may take
 * @param retries how many failures in a row are one too many, at least 1
 * @param startPeriod how long after a start failures do not count
 */
public record HealthCheck(Probe probe, Duration interval, Duration timeout, int retries, Duration startPeriod) {

    /** What is asked. */
    public sealed interface Probe {

        /**
         * Answers with a status from 200 to 399.
         *
         * @param path begins with a slash
         */
        record Http(boolean encrypted, int port, String path) implements Probe {}

        /** Takes a connection. */
        record Tcp(int port) implements Probe {}

        /** A program in the container that ends with 0. */
        record Exec(List<String> argv) implements Probe {
            public Exec {
                argv = List.copyOf(argv);
            }
        }
    }

    /** Only whether somebody takes connections at this port. */
    public static HealthCheck listening(int port, Duration timeout) {
        return new HealthCheck(new Probe.Tcp(port), timeout, timeout, 1, Duration.ZERO);
    }

    /** The same for somebody who waits no longer than this for an answer. */
    public HealthCheck within(Duration limit) {
        return new HealthCheck(probe, interval, limit, retries, startPeriod);
    }

    /** The longest that is waited for it. */
    public Duration patience() {
        return startPeriod.plus(interval.plus(timeout).multipliedBy(retries));
    }

    /** What is asked, for a person. */
    public String shown() {
        return switch (probe) {
            case Probe.Http http -> (http.encrypted() ? "https" : "http") + " :" + http.port() + http.path();
            case Probe.Tcp tcp -> "tcp :" + tcp.port();
            case Probe.Exec exec -> "exec " + String.join(" ", exec.argv());
        };
    }
}
