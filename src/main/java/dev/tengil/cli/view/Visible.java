package dev.tengil.cli.view;

import java.util.stream.Collectors;

/** Text of a file or a host as a terminal may show it: what would move the cursor, change colours or turn the direction becomes a sign. */
public final class Visible {

    private static final int LONGEST = 600;
    private static final int END = 150;
    private static final char PICTURES = 0x2400;
    private static final char PICTURE_OF_DELETE = 0x2421;
    private static final char REPLACEMENT = 0xFFFD;

    private Visible() {}

    /** The same length, so that carets stay where they are; line breaks become signs as well. */
    public static String line(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL ->
                    shown.append(c < 0x20 ? (char) (PICTURES + c) : c == 0x7f ? PICTURE_OF_DELETE : REPLACEMENT);
                case Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    shown.repeat(REPLACEMENT, Character.charCount(c));
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }

    /** The same for several lines. */
    public static String lines(String text) {
        return text.indexOf('\n') < 0
                ? line(text)
                : text.lines().map(Visible::line).collect(Collectors.joining("\n"));
    }

    /** A sentence that quotes what may be very long: the middle is left out. */
    public static String sentence(String text) {
        String cut = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST - END) + " … " + text.substring(text.length() - END);
        return line(cut);
    }
}
