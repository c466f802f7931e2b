package dev.tengil.cli;

/** Ends a command early, after the reason was said. */
final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private final Exit exit;

    Stopped(Exit exit) {
        super(null, null, false, false);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }
}
