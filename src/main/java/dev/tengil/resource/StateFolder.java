package dev.tengil.resource;

import dev.tengil.model.HostPath;

/** Where a stack keeps what is its own on the host: state, journal, secrets, and what was set aside. */
public final class StateFolder {

    private static final HostPath ROOT = HostPath.of("/var/lib/tengil");

    private StateFolder() {}

    /** The folder of a stack; made by the lock, readable for root alone. */
    public static HostPath of(String stack) {
        return ROOT.resolve(stack);
    }
}
