package dev.tengil.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a password: from a person without showing it, or from what was piped in. */
final class HiddenAnswer {

    /** More than any password or token is long. */
    private static final int LONGEST = 64 * 1024;

    private HiddenAnswer() {}

    /** What the person types; null when nothing can be typed unseen, or the input ended. */
    static @Nullable String of(String question, Io io) {
        Console console = io.interactive() ? System.console() : null;
        if (console == null || !console.isTerminal()) {
            return null;
        }
        // the format is ours, the question may hold a percent sign
        char[] typed = console.readPassword("%s", question);
        return typed == null ? null : new String(typed);
    }

    /** All of standard input, without the line break that ends it; null when it cannot be read or never ends. */
    static @Nullable String piped(Io io) {
        InputStream in = io.in();
        try {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            return bytes.length > LONGEST
                    ? null
                    : new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            return null;
        }
    }
}
