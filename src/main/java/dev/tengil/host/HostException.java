package dev.tengil.host;

/** The way to the host is broken: no connection, no shell, no answer. A command that merely failed is a {@link Result}. */
public final class HostException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why the way is broken. */
    public enum Kind {
        /** Never got there: name, port, key, login. Nothing was done. */
        UNREACHABLE,
        /** The host's key is not in known_hosts. Nothing was done. */
        UNKNOWN_HOST_KEY,
        /** The command was sent and no trailer came back: it may or may not have run. Observe again. */
        UNKNOWN_OUTCOME,
        /** The apply lock is no longer ours: another apply may be acting. Nothing was done. */
        LOCK_LOST,
        /** A file or directory there could not be read or written. */
        FILE,
        /** Where the state belongs stands what others could change, or a link to elsewhere. Nothing was done. */
        UNSAFE_FOLDER,
        /** We were interrupted while waiting. */
        INTERRUPTED
    }

    private final Kind kind;

    public HostException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public HostException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
