package dev.tengil.host.sim.net;

import java.util.ArrayList;
import java.util.List;

/**
 * A word, a quoted string or a sign of nft's language.
 *
 * @param text as written; a string with its quotes; {@code ;} for the end of a line as well
 * @param line from 1
 * @param column from 1
 */
record NftToken(String text, int line, int column) {

    private static final String SIGNS = "{};,";

    static List<NftToken> of(String text) {
        List<NftToken> tokens = new ArrayList<>();
        int line = 1;
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int column = i - start + 1;
            if (c == '\n') {
                tokens.add(new NftToken("\n", line++, column));
                start = ++i;
            } else if (c == '#') {
                while (i < text.length() && text.charAt(i) != '\n') {
                    i++;
                }
            } else if (Character.isWhitespace(c)) {
                i++;
            } else if (SIGNS.indexOf(c) >= 0) {
                tokens.add(new NftToken(String.valueOf(c), line, column));
                i++;
            } else {
                int end = c == '"' ? Math.max(i + 1, text.indexOf('"', i + 1) + 1) : i;
                while (c != '"'
                        && end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && SIGNS.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                tokens.add(new NftToken(text.substring(i, end), line, column));
                i = end;
            }
        }
        tokens.add(new NftToken("\n", line, Math.max(1, i - start + 1)));
        return tokens;
    }

    boolean isEnd() {
        return text.equals("\n") || text.equals(";");
    }

    boolean isWord() {
        return !text.startsWith("\"") && !isEnd() && SIGNS.indexOf(text.charAt(0)) < 0;
    }

    /** What nft calls it when it did not expect it. */
    String kind() {
        return text.equals("\n")
                ? "newline"
                : isWord() ? "string" : text.startsWith("\"") ? "quoted string" : "'" + text + "'";
    }
}
