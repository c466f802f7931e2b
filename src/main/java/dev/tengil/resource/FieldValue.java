package dev.tengil.resource;

import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;

/**
 * The value of one field, ready to compare and to show.
 *
 * @param canonical two values mean the same exactly when these are equal: bytes as digits, on/off, sorted tags; for a secret its salted
 *     digest
 * @param shown as a person reads it: {@code 1M}; {@code ‹secret›} for a secret
 * @param span where the file sets it
 */
public record FieldValue(
        String canonical, String shown, @Nullable Span span) {

    /** A value whose canonical form is also the readable one. */
    public static FieldValue of(String value) {
        return new FieldValue(value, value, null);
    }

    /** The same value, set at this place. */
    public FieldValue at(@Nullable Span place) {
        return new FieldValue(canonical, shown, place);
    }
}
