package dev.tengil.cli;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one field.
 *
 * @param value as written or as chosen; null when it is not set
 * @param from the place in the file, the profile, or who decides
 * @param about what the key means; null when nobody described it
 * @param otherwise what counts where it is not set; null when that is not ours to say
 */
record Explanation(
        @Nullable String value,
        String from,
        @Nullable String about,
        @Nullable String otherwise) {

    Explanation(@Nullable String value, String from, @Nullable String about) {
        this(value, from, about, null);
    }

    /** The default as the value, where there is no other. */
    Explanation orDefault() {
        return value != null || otherwise == null
                ? this
                : new Explanation(otherwise, "default; " + from, about, otherwise);
    }
}
