package dev.tengil.cli;

/** Ends tengil with the exit code of a program that it ran for the person; not an error. */
final class ProgramExit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    ProgramExit(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
