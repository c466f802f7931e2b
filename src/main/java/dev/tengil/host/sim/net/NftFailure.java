package dev.tengil.host.sim.net;

/** What nft refuses, with the token at which it does. It never leaves this package: the program prints it. */
final class NftFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient NftToken at;

    NftFailure(NftToken at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    NftToken at() {
        return at;
    }

    /** As nft prints it: where, what, the line, and marks under the token. */
    String printed(String file, String text) {
        String line = text.lines().skip(at.line() - 1L).findFirst().orElse("");
        int end = Math.max(at.column(), at.column() + at.text().length() - 1);
        String span = at.column() == end ? "" + at.column() : at.column() + "-" + end;
        String where = file.isEmpty() ? "" : file + ":" + at.line() + ":" + span + ": ";
        String marks = " ".repeat(at.column() - 1) + "^".repeat(end - at.column() + 1);
        return where + "Error: " + getMessage() + "\n" + line + "\n" + marks;
    }
}
