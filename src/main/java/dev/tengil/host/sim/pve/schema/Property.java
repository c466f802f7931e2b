package dev.tengil.host.sim.pve.schema;

import org.jspecify.annotations.Nullable;

/**
 * A parameter, or one key of a property string.
 *
 * @param name as typed; {@code [n]} at its end stands for an index
 * @param type what it accepts
 * @param required whether it must be there
 * @param maxIndex the highest index of a name with {@code [n]}, else -1
 * @param since the pve-container version that brought it, null for always
 */
public record Property(
        String name,
        Type type,
        boolean required,
        int maxIndex,
        @Nullable String since) {

    public static Property required(String name, Type type) {
        return new Property(name, type, true, -1, null);
    }

    public static Property optional(String name, Type type) {
        return new Property(name, type, false, -1, null);
    }

    /** A family {@code name0…nameMAX}. */
    public static Property indexed(String name, int maxIndex, Type type) {
        return new Property(name + "[n]", type, false, maxIndex, null);
    }

    /** The same, known from this version on. */
    public Property since(String version) {
        return new Property(name, type, required, maxIndex, version);
    }

    /** Whether this describes the parameter of that name. */
    public boolean covers(String candidate) {
        if (maxIndex < 0) {
            return name.equals(candidate);
        }
        String stem = name.substring(0, name.length() - 3);
        if (!candidate.startsWith(stem)) {
            return false;
        }
        String index = candidate.substring(stem.length());
        return index.matches("0|[1-9]\\d{0,3}") && Integer.parseInt(index) <= maxIndex;
    }
}
