package dev.tengil.host.sim;

import java.util.function.Function;

/** Where a world lives between commands. A command is one transaction: all of its changes are kept, or none. */
interface WorldStore {

    /** Runs this on the present world, alone among all processes, and keeps what it changed. */
    <T> T transact(Function<World, T> command);

    /** A lock that its holder's death sets free; null when somebody has it. */
    @org.jspecify.annotations.Nullable
    AutoCloseable tryLock(String name);
}
