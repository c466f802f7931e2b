package dev.tengil.host;

/**
 * What a command left behind.
 *
 * @param exit exit code; 128 + n for signal n; 124 when the deadline passed
 * @param stdout captured up to a bound, see {@code truncated}
 * @param stderr captured up to a bound
 * @param truncated whether output beyond the bound was dropped; a parser must then refuse
 */
public record Result(int exit, Bytes stdout, Bytes stderr, boolean truncated) {

    /** Exit code of a command killed at its deadline, as timeout(1) has it. */
    public static final int DEADLINE_EXIT = 124;

    /** A result with text streams. */
    public static Result of(int exit, String stdout, String stderr) {
        return new Result(exit, Bytes.utf8(stdout), Bytes.utf8(stderr), false);
    }

    /** Standard output as text. */
    public String out() {
        return stdout.text();
    }

    /** Standard error as text. */
    public String err() {
        return stderr.text();
    }
}
