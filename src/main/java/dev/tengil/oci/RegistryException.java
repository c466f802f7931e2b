package dev.tengil.oci;

import dev.tengil.model.Diagnostic;

/** A registry gave no usable answer. What to tell the person is a value in it. */
public final class RegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a caller may want to tell apart. */
    public enum Kind {
        /** No connection, no answer in time, or one of a server in trouble. Later it may work. */
        OUT_OF_REACH,
        /** It wants fewer questions for a while. */
        RATE_LIMITED,
        /** A login is missing, is not accepted, or does not suffice. */
        NOT_ALLOWED,
        /** There is no such repository, tag or digest. */
        NOT_THERE,
        /** What it answered cannot be used: a wrong digest, another platform, an old format, too much of it. */
        UNUSABLE,
        /** A file on this machine could not be written or read. */
        FILE,
        /** We were interrupted while waiting. */
        INTERRUPTED
    }

    private final Kind kind;
    private final transient Diagnostic diagnostic;

    RegistryException(Kind kind, Diagnostic diagnostic) {
        super(diagnostic.message());
        this.kind = kind;
        this.diagnostic = diagnostic;
    }

    RegistryException(Kind kind, Diagnostic diagnostic, Throwable cause) {
        super(diagnostic.message(), cause);
        this.kind = kind;
        this.diagnostic = diagnostic;
    }

    /** Somebody wants us to stop; the thread's mark for that is set again. */
    static RegistryException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new RegistryException(
                Kind.INTERRUPTED,
                Diagnostic.error("registry.interrupted", "stopped while waiting for a registry"),
                cause);
    }

    public Kind kind() {
        return kind;
    }

    /** Without a place in a file: the caller knows that. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
