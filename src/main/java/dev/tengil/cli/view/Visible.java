package dev.tengil.cli.view;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text of a file or a host as a terminal may show it: what would move the cursor, change colours or turn the direction becomes a sign. */
public final class Visible {

    /** Control sequences of terminals (ECMA-48): ESC [ parameters, letter. */
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;:?]{0,40}[@-~]");

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

    /** A line that a program printed: without its colours, and of what it wrote over only the last. */
    public static String printed(String text) {
        String plain = COLOURS.matcher(text).replaceAll("").stripTrailing();
        String last = plain.substring(plain.lastIndexOf('\r') + 1);
        return String.join(
                "\t", Stream.of(last.split("\t", -1)).map(Visible::line).toList());
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
