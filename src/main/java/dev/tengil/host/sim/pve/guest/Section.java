package dev.tengil.host.sim.pve.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One section of a container's config: the main one, the pending one, or a snapshot's. Values are bytes decoded as ISO 8859-1. */
public final class Section {

    static final String ENV = "lxc.environment.runtime";

    private final SortedMap<String, String> options = new TreeMap<>();
    private final List<String> env = new ArrayList<>();
    private final List<Raw> raw = new ArrayList<>();
    private @Nullable String description;

    /** A raw {@code lxc.…} line. */
    public record Raw(String key, String value) {}

    /** All {@code key: value} lines; {@code env} and {@code description} are not among them. */
    public SortedMap<String, String> options() {
        return options;
    }

    /** The {@code K=V} items, in order. */
    public List<String> env() {
        return env;
    }

    /** The raw lines other than env, in order. */
    public List<Raw> raw() {
        return raw;
    }

    /** An option as the API has it: env joined by NUL, description with a newline after each line. */
    public @Nullable String get(String key) {
        return switch (key) {
            case "env" -> env.isEmpty() ? null : String.join("\0", env);
            case "description" -> description;
            default -> options.get(key);
        };
    }

    /** A value, or the fallback. */
    public String get(String key, String fallback) {
        String value = get(key);
        return value == null ? fallback : value;
    }

    /** Sets an option from the API's form. */
    public void set(String key, String value) {
        switch (key) {
            case "env" -> {
                env.clear();
                env.addAll(List.of(value.split("\0", -1)));
            }
            case "description" -> description = value;
            default -> options.put(key, value);
        }
    }

    /** Takes an option out. */
    public void remove(String key) {
        switch (key) {
            case "env" -> env.clear();
            case "description" -> description = null;
            default -> options.remove(key);
        }
    }

    /** The names of all that is set, as the API has them, sorted. */
    public List<String> keys() {
        TreeMap<String, Boolean> keys = new TreeMap<>();
        options.keySet().forEach(key -> keys.put(key, true));
        if (!env.isEmpty()) {
            keys.put("env", true);
        }
        if (description != null) {
            keys.put("description", true);
        }
        return List.copyOf(keys.keySet());
    }

    /** Whether a boolean option is on. */
    public boolean isOn(String key) {
        return get(key, "0").equals("1");
    }

    boolean isEmpty() {
        return options.isEmpty() && env.isEmpty() && raw.isEmpty() && description == null;
    }

    /** A copy that can be changed alone. */
    public Section copy() {
        Section copy = new Section();
        copy.options.putAll(options);
        copy.env.addAll(env);
        copy.raw.addAll(raw);
        copy.description = description;
        return copy;
    }

    void replaceBy(Section other) {
        Section copy = other.copy();
        options.clear();
        options.putAll(copy.options);
        env.clear();
        env.addAll(copy.env);
        raw.clear();
        raw.addAll(copy.raw);
        description = copy.description;
    }

    void appendDescription(String line) {
        description = (description == null ? "" : description) + line + "\n";
    }
}
