package dev.tengil.config;

import dev.tengil.model.Span;
import java.util.Arrays;

/** Where lines begin in a text; turns offsets, and the code point counts of the YAML scanner, into places. */
final class Lines {

    private final Source source;
    private final int[] starts;
    private final int[] supplementary;

    Lines(Source source) {
        this.source = source;
        String text = source.text();
        int[] found = new int[16];
        int count = 1;
        int[] wide = new int[0];
        int wideCount = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean breaks = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (breaks) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                if (wideCount == wide.length) {
                    wide = Arrays.copyOf(wide, Math.max(16, wideCount * 2));
                }
                wide[wideCount] = i - wideCount;
                wideCount++;
            }
        }
        starts = Arrays.copyOf(found, count);
        supplementary = Arrays.copyOf(wide, wideCount);
    }

    /** The offset in UTF-16 units of the n-th code point. */
    int offset(int codePoints) {
        int at = Arrays.binarySearch(supplementary, codePoints);
        int before = at < 0 ? -at - 1 : at;
        return Math.min(codePoints + before, source.text().length());
    }

    /** The place between two offsets. */
    Span span(int start, int end) {
        int from = Math.clamp(start, 0, source.text().length());
        int to = Math.clamp(end, from, source.text().length());
        int line = lineAt(from);
        return new Span(source.name(), line, 1 + source.text().codePointCount(starts[line - 1], from), from, to);
    }

    /** The number of the line that holds this offset; the first is 1. */
    int lineAt(int offset) {
        int at = Arrays.binarySearch(starts, offset);
        return at < 0 ? -at - 1 : at + 1;
    }

    int count() {
        return starts.length;
    }

    int start(int line) {
        return starts[line - 1];
    }

    /** A line without its line break. */
    String text(int line) {
        int end = line < starts.length ? starts[line] : source.text().length();
        while (end > starts[line - 1] && isBreak(source.text().charAt(end - 1))) {
            end--;
        }
        return source.text().substring(starts[line - 1], end);
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
