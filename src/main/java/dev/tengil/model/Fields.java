package dev.tengil.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping of the file, read by its keys: typed values, each with its place. Keys that are not in the file are absent. */
public final class Fields {

    private final Span span;
    private final Map<Key<?>, Located<?>> values;
    private final Map<Key<?>, Span> names;

    private Fields(Span span, Map<Key<?>, Located<?>> values, Map<Key<?>, Span> names) {
        this.span = span;
        this.values = values;
        this.names = names;
    }

    /** Where the mapping stands. */
    public Span span() {
        return span;
    }

    /** The value behind a key and its place, or null when the file does not say. */
    @SuppressWarnings("unchecked") // the builder put a Located<T> under a Key<T>
    public <T> @Nullable Located<T> get(Key<T> key) {
        return (Located<T>) values.get(key);
    }

    /** The bare value behind a key, or null. */
    public <T> @Nullable T value(Key<T> key) {
        Located<T> located = get(key);
        return located == null ? null : located.value();
    }

    /** The bare value behind a key, or this instead. */
    public <T> T valueOr(Key<T> key, T otherwise) {
        Located<T> located = get(key);
        return located == null ? otherwise : located.value();
    }

    public boolean has(Key<?> key) {
        return values.containsKey(key);
    }

    /** Where the key's name stands; the mapping's place when the key is absent. */
    public Span nameSpan(Key<?> key) {
        return names.getOrDefault(key, span);
    }

    /** The keys that the file gives, in its order. */
    public Set<Key<?>> keys() {
        return values.keySet();
    }

    public static Builder builder(Span span) {
        return new Builder(span);
    }

    /** Fills {@link Fields}; the only way to keep key and value types together. */
    public static final class Builder {
        private final Span span;
        private final Map<Key<?>, Located<?>> values = new LinkedHashMap<>();
        private final Map<Key<?>, Span> names = new LinkedHashMap<>();

        private Builder(Span span) {
            this.span = span;
        }

        public <T> Builder put(Key<T> key, Span name, Located<T> value) {
            values.put(key, value);
            names.put(key, name);
            return this;
        }

        public Fields build() {
            return new Fields(span, new LinkedHashMap<>(values), new LinkedHashMap<>(names));
        }
    }
}
