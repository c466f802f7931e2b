package dev.tengil.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key of tengil.yml, described once: the parser, the JSON Schema, the reference and the suggestions all read this.
 *
 * @param name as written in the file
 * @param shape what may stand behind it
 * @param doc one or two sentences of Markdown for the reference
 * @param support whether tengil honours it already
 * @param formerly older spellings that are accepted with a warning
 * @param instead for a key that is accepted only for old files: what to write today
 */
public record Key<T>(
        String name,
        Shape<T> shape,
        String doc,
        Support support,
        List<String> formerly,
        @Nullable String instead) {

    private static final Pattern DEFAULT = Pattern.compile("Default: (.+)\\.$");

    /** Whether a key is honoured already. */
    public enum Support {
        /** Honoured. */
        NOW,
        /** Validated, and refused at plan time with "not yet". */
        LATER
    }

    public Key {
        formerly = List.copyOf(formerly);
    }

    /** A key that is honoured. */
    public static <T> Key<T> of(String name, Shape<T> shape, String doc) {
        return new Key<>(name, shape, doc, Support.NOW, List.of(), null);
    }

    /** A key whose work has not landed. */
    public static <T> Key<T> later(String name, Shape<T> shape, String doc) {
        return new Key<>(name, shape, doc, Support.LATER, List.of(), null);
    }

    /** The same key, also read under older names. */
    public Key<T> formerly(String... names) {
        return new Key<>(name, shape, doc, support, List.of(names), instead);
    }

    /** A key only of older files; reading it warns and names what to write instead. */
    public Key<T> oldFor(String todaysSpelling) {
        return new Key<>(name, shape, doc, support, formerly, todaysSpelling);
    }

    /** What counts when the file is silent, as the last sentence of {@link #doc} says it; null when it says nothing. */
    public @Nullable String otherwise() {
        Matcher last = DEFAULT.matcher(doc);
        return last.find() ? last.group(1).replace("`", "") : null;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
