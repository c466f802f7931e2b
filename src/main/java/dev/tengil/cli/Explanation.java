package dev.tengil.cli;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one field.
 *
 * @param value as written or as chosen; null when it is not set
 * @param from the place in the file, the profile, or who decides
 * @param about what the key means; null when nobody described it
 */
record Explanation(
        @Nullable String value, String from, @Nullable String about) {}
