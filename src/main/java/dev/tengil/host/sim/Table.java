package dev.tengil.host.sim;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records of one sort by their key, which remembers what was changed since the world was last written. */
public final class Table<T> {

    private final String name;
    private final Function<T, String> encode;
    private final Function<String, T> decode;
    private final TreeMap<String, T> rows = new TreeMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private Watcher<T> watcher = (key, before, after) -> {};

    /** Told of every row that comes, goes or changes, so that sums over a table need not be made anew. */
    interface Watcher<T> {
        void changed(String key, @Nullable T before, @Nullable T after);
    }

    Table(String name, Function<T, String> encode, Function<String, T> decode) {
        this.name = name;
        this.encode = encode;
        this.decode = decode;
    }

    public String name() {
        return name;
    }

    public @Nullable T get(String key) {
        return rows.get(key);
    }

    public boolean contains(String key) {
        return rows.containsKey(key);
    }

    public void put(String key, T value) {
        watcher.changed(key, rows.put(key, value), value);
        changed.add(key);
    }

    void watch(Watcher<T> by) {
        watcher = by;
    }

    public void remove(String key) {
        T before = rows.remove(key);
        if (before != null) {
            watcher.changed(key, before, null);
            changed.add(key);
        }
    }

    /** All rows in the order of their keys; not to be changed through. */
    public NavigableMap<String, T> rows() {
        return Collections.unmodifiableNavigableMap(rows);
    }

    /** What was changed, encoded; null for a removed row. Starts counting anew. */
    Map<String, @Nullable String> takeChanges() {
        Map<String, @Nullable String> changes = new TreeMap<>();
        for (String key : changed) {
            T row = rows.get(key);
            changes.put(key, row == null ? null : encode.apply(row));
        }
        changed.clear();
        return changes;
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Takes over a change that another process made. */
    void accept(String key, @Nullable String encoded) {
        T after = encoded == null ? null : decode.apply(encoded);
        T before = after == null ? rows.remove(key) : rows.put(key, after);
        watcher.changed(key, before, after);
    }

    /** Everything, encoded. */
    Map<String, String> dump() {
        Map<String, String> all = new TreeMap<>();
        rows.forEach((key, row) -> all.put(key, encode.apply(row)));
        return all;
    }
}
