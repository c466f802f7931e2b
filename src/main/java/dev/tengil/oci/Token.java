package dev.tengil.oci;

import dev.tengil.model.Secret;

/**
 * A right to ask, for a while.
 *
 * @param value as it goes behind {@code Bearer}
 * @param until on the clock of {@link System#nanoTime()}
 */
record Token(Secret value, long until) {

    boolean isFresh() {
        return System.nanoTime() < until;
    }
}
