package dev.tengil.oci;

import java.time.Duration;

/**
 * The moment by which an answer is wanted; every wait counts against it.
 *
 * @param nanoTime on the clock of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {

    /** From now on. */
    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** What is left; zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** The sooner of this and so long from now. */
    Deadline atMost(Duration patience) {
        return left().compareTo(patience) < 0 ? this : in(patience);
    }
}
