package dev.tengil.cli;

/** What the process says to its caller when it ends. */
public enum Exit {
    /** Done, or nothing to do. */
    OK(0),
    /** Something failed. */
    ERROR(1),
    /** The plan has changes; only with {@code --detailed-exitcode}. */
    CHANGES(2),
    /** The file, or the command line, is invalid. */
    INVALID(3),
    /** Another apply holds the lock. */
    LOCKED(4),
    /** An apply ended partway; the state is saved. */
    PARTIAL(5),
    /** A precondition, a conflict or a stale plan refused it. */
    REFUSED(6),
    /** Interrupted; the state is saved. */
    INTERRUPTED(130);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
