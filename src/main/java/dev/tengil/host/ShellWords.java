package dev.tengil.host;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The one place where argv becomes shell text, because ssh hands the remote login shell a line and not an argv. The form is read
 * alike by sh, bash and fish.
 */
final class ShellWords {

    private ShellWords() {}

    /** One line that a remote shell splits back into exactly these words. */
    static String join(List<String> argv) {
        return argv.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    /**
     * Everything stands in single quotes but two characters: the quote itself, which sh cannot have there, and the backslash, which
     * sh takes as it is there and fish as an escape. Outside of quotes all three read {@code \'} and {@code \\} alike.
     */
    static String quote(String word) {
        StringBuilder quoted = new StringBuilder(word.length() + 2).append('\'');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\'' || c == '\\') {
                quoted.append("'\\").append(c).append('\'');
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }
}
