package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of one configuration and what to call it: the unit that is parsed, quoted in errors and edited.
 *
 * @param name as the person named it, or {@code -} for standard input
 * @param text without a byte order mark
 */
public record Source(String name, String text) {

    /** Larger files are refused: they are not configurations that a person wrote. */
    public static final int LARGEST = 8 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What reading gives: the text, or why there is none. */
    public sealed interface Reading {}

    /** There is a text. */
    public record Given(Source source) implements Reading {}

    /** There is none; the source is as much of it as can be shown. */
    public record Refused(Diagnostic diagnostic, Source source) implements Reading {}

    /** Reads bytes as UTF-8, with or without a byte order mark. */
    public static Reading decode(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            return unreadable("config.too-large", name, " is larger than 8 MiB", "is this the right file?");
        }
        if (looksLikeUtf16(bytes)) {
            return unreadable(
                    "config.encoding",
                    name,
                    " is written in UTF-16",
                    "save it as UTF-8, for example: iconv -f utf-16 -t utf-8");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Given(new Source(name, unmarked(text)));
        } catch (CharacterCodingException _) {
            Source shown = new Source(name, unmarked(new String(bytes, StandardCharsets.UTF_8)));
            int wrong = unmarked(new String(bytes, 0, firstWrongByte(bytes), StandardCharsets.UTF_8))
                    .length();
            return new Refused(
                    Diagnostic.error("config.encoding", name + " is not valid UTF-8")
                            .at(new Lines(shown).span(wrong, wrong + 1))
                            .hint("the first wrong byte")
                            .help("save it as UTF-8"),
                    shown);
        }
    }

    private static String unmarked(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static Refused unreadable(String code, String name, String message, String help) {
        Source nothing = new Source(name, "");
        return new Refused(
                Diagnostic.error(code, name + message)
                        .at(new Lines(nothing).span(0, 0))
                        .help(help),
                nothing);
    }

    private static boolean looksLikeUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return (first == 0xfe && second == 0xff)
                || (first == 0xff && second == 0xfe)
                || (first == 0 && second != 0)
                || (first != 0 && second == 0);
    }

    private static int firstWrongByte(byte[] bytes) {
        int end = bytes.length;
        int low = 0;
        while (low < end) {
            int middle = (low + end + 1) >>> 1;
            if (decodesSoFar(bytes, middle)) {
                low = middle;
            } else {
                end = middle - 1;
            }
        }
        return low;
    }

    /** Whether the first bytes are right, where a character cut off at the end counts as right. */
    private static boolean decodesSoFar(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
        return !StandardCharsets.UTF_8
                .newDecoder()
                .decode(in, java.nio.CharBuffer.allocate(length + 1), false)
                .isError();
    }
}
