package dev.tengil.resource;

import org.jspecify.annotations.Nullable;

/**
 * One owned field that will be another.
 *
 * @param field for example {@code zfs.recordsize}, {@code memory}, {@code mount./media}, {@code env.TZ}
 * @param before as shown to a person; null when it is not set
 * @param after as shown to a person; null when it goes back to its default
 * @param effect what this change costs
 * @param why said behind the line, for example {@code no longer in the file}; null when obvious
 */
public record FieldChange(
        String field,
        @Nullable String before,
        @Nullable String after,
        Effect effect,
        @Nullable String why) {}
