package dev.tengil.host.sim.pve.schema;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What values a parameter accepts, and the words that refuse the others (pve-common JSONSchema.pm, check_prop). */
public sealed interface Type {

    /** 1 or 0; programs and property strings also read on, off, yes, no, true, false. */
    record Bool() implements Type {}

    /** A whole number. */
    record Int(@Nullable Long min, @Nullable Long max) implements Type {}

    /** A number that may have a fraction. */
    record Num(@Nullable Long min, @Nullable Long max) implements Type {}

    /** One of a few words. */
    record OneOf(List<String> values) implements Type {}

    /** Text that matches as a whole. */
    record Matching(String regex) implements Type {}

    /** Any text of some length; a limit of 0 is none. */
    record Text(int minLength, int maxLength) implements Type {
        public Text(int maxLength) {
            this(0, maxLength);
        }
    }

    /** Text of a named format. */
    record Formatted(Format format, int maxLength) implements Type {}

    /** A list of items of one format. */
    record ListOf(Format format) implements Type {}

    /** {@code key=value} pairs joined by commas. */
    record Properties(PropertyFormat format) implements Type {}

    static Type integer(long min) {
        return new Int(min, null);
    }

    static Type integer(long min, long max) {
        return new Int(min, max);
    }

    static Type oneOf(String... values) {
        return new OneOf(List.of(values));
    }

    static Type of(Format format) {
        return new Formatted(format, 0);
    }

    /** Whether programs take it more than once and join the values with commas. */
    default boolean isList() {
        return this instanceof ListOf;
    }

    /** The name that usage lines print for it. */
    default String label() {
        return switch (this) {
            case Bool() -> "<boolean>";
            case Int _ -> "<integer>";
            case Num _ -> "<number>";
            case OneOf(List<String> values) -> "<" + String.join(" | ", values) + ">";
            case Matching _, Text _, Formatted _, ListOf _ -> "<string>";
            case Properties _ -> "<properties>";
        };
    }

    /** Adds what is wrong with the value, under its path, to the errors. */
    default void check(String path, String value, Map<String, String> errors) {
        String complaint = complaint(path, value);
        if (complaint != null) {
            errors.putIfAbsent(path, complaint);
        }
    }

    private @Nullable String complaint(String path, String value) {
        return switch (this) {
            case Bool() -> value.equals("0") || value.equals("1") ? null : failed("boolean", value);
            case Int(Long min, Long max) ->
                Pattern.matches("[+-]?\\d{1,18}", value)
                        ? outside(Double.parseDouble(value), min, max)
                        : failed("integer", value);
            case Num(Long min, Long max) ->
                Pattern.matches("[+-]?\\d{1,18}(?:\\.\\d*)?", value)
                        ? outside(Double.parseDouble(value), min, max)
                        : failed("number", value);
            case OneOf(List<String> values) ->
                values.contains(value)
                        ? null
                        : "value '%s' does not have a value in the enumeration '%s'"
                                .formatted(value, String.join(", ", values));
            case Matching(String regex) ->
                Pattern.matches(regex, value) ? null : "value does not match the regex pattern";
            case Text(int minLength, int maxLength) ->
                value.length() < minLength
                        ? "value must be at least " + minLength + " characters long"
                        : tooLong(value, maxLength);
            case Formatted(Format format, int maxLength) -> {
                String wrong = format.complaint(value);
                yield wrong != null ? "invalid format - " + wrong + "\n" : tooLong(value, maxLength);
            }
            case ListOf(Format format) -> {
                String wrong = Format.split(value).stream()
                        .map(format::complaint)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                yield wrong == null ? null : "invalid format - " + wrong + "\n";
            }
            case Properties(PropertyFormat format) -> format.complaint(path, value);
        };
    }

    private static String failed(String type, String value) {
        return "type check ('" + type + "') failed - got '" + value + "'";
    }

    private static @Nullable String outside(double value, @Nullable Long min, @Nullable Long max) {
        if (min != null && value < min) {
            return "value must have a minimum value of " + min;
        }
        return max != null && value > max ? "value must have a maximum value of " + max : null;
    }

    private static @Nullable String tooLong(String value, int maxLength) {
        return maxLength > 0 && value.length() > maxLength
                ? "value may only be " + maxLength + " characters long"
                : null;
    }
}
