package dev.tengil.model;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The scalars that many keys share. They refuse secrets; a key that may hold one reads its {@link Literal} itself. */
public final class Scalars {

    private static final List<String> TRUE = List.of("true", "yes", "on");
    private static final List<String> FALSE = List.of("false", "no", "off");

    private Scalars() {}

    /** A scalar of one's own: the text must not be a secret. */
    public static <T> Shape.Scalar<T> of(String type, Shape.Schema schema, Function<String, Parsed<T>> parse) {
        return new Shape.Scalar<>(
                type,
                schema,
                literal -> literal.secret() == null
                        ? parse.apply(literal.text())
                        : Parsed.bad("a secret cannot be used here"));
    }

    /** Text without control characters, not empty. */
    public static Shape.Scalar<String> text() {
        return of("text", Shape.Schema.text(), text -> {
            if (text.isEmpty()) {
                return Parsed.bad("it cannot be empty");
            }
            return hasControls(text) ? Parsed.bad("it cannot contain control characters") : Parsed.ok(text);
        });
    }

    /** Text that may have several lines or be empty. */
    public static Shape.Scalar<String> longText() {
        return of(
                "text",
                Shape.Schema.text(),
                text -> text.chars().anyMatch(c -> c == 0 || c == 0x7f)
                        ? Parsed.bad("it cannot contain NUL or DEL")
                        : Parsed.ok(text));
    }

    /** {@code true}/{@code false}; also yes, no, on, off. */
    public static Shape.Scalar<Boolean> bool() {
        return of("true or false", new Shape.Schema(List.of("boolean", "string"), "", List.of()), text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (TRUE.contains(word)) {
                return Parsed.ok(true);
            }
            return FALSE.contains(word) ? Parsed.ok(false) : Parsed.bad("write true or false");
        });
    }

    /** A whole number in a range. */
    public static Shape.Scalar<Integer> integer(int lowest, int highest) {
        String reason = "it is a whole number from " + lowest + " to " + highest;
        return of("whole number", new Shape.Schema(List.of("integer", "string"), "", List.of()), text -> {
            if (!text.matches("-?\\d{1,10}")) {
                return Parsed.bad(reason);
            }
            long number = Long.parseLong(text);
            return number < lowest || number > highest ? Parsed.bad(reason) : Parsed.ok((int) number);
        });
    }

    /** One of a few words. */
    public static Shape.Scalar<String> word(String... words) {
        List<String> all = List.of(words);
        return of(
                String.join(", ", all),
                new Shape.Schema(List.of("string"), "", all),
                text -> all.contains(text)
                        ? Parsed.ok(text)
                        : Parsed.bad("it is one of " + String.join(", ", all) + Nearest.suggestion(text, all)));
    }

    /** A size; a bare number counts in this unit, one of {@code B K M G T}. */
    public static Shape.Scalar<ByteSize> size(char bareUnit) {
        return of("size", Shape.Schema.textOrNumber(), text -> ByteSize.parse(text, bareUnit));
    }

    /** An absolute path on the host. */
    public static Shape.Scalar<HostPath> path() {
        return path(Parsed::ok);
    }

    /** An absolute path on the host that passes a further check. */
    public static Shape.Scalar<HostPath> path(Function<HostPath, Parsed<HostPath>> check) {
        return of(
                "path",
                new Shape.Schema(List.of("string"), "^/", List.of()),
                text -> HostPath.parseNew(text).then(check));
    }

    /** Permission bits, read as octal whether or not a zero leads: {@code 755}, {@code 0755}, {@code 2775}. */
    public static Shape.Scalar<Integer> mode() {
        return of(
                "mode",
                Shape.Schema.textOrNumber(),
                text -> text.matches("0?o?[0-7]{3,4}")
                        ? Parsed.ok(Integer.parseInt(text.replace("o", ""), 8))
                        : Parsed.bad("a mode is written as 3 or 4 octal digits, for example 0775"));
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    }
}
