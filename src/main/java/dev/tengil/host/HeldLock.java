package dev.tengil.host;

import dev.tengil.model.HostPath;

/**
 * What a command needs to know of the lock under which it runs.
 *
 * @param directory where {@code apply.lock}, {@code apply.holder} and {@code ops.lock} lie
 * @param token second line of {@code apply.holder}; when another stands there, another apply has begun
 */
record HeldLock(HostPath directory, String token) {}
