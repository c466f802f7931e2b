package dev.tengil.host.sim.pve.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A property string, such as {@code name=eth0,bridge=vmbr0} (pve-common JSONSchema.pm, parse_property_string and
 * print_property_string).
 *
 * @param defaultKey the key whose value may stand bare, or null
 * @param keys all keys
 */
public record PropertyFormat(@Nullable String defaultKey, List<Property> keys) {

    /** What reading a property string gives. */
    public sealed interface Read {
        /** Its values; booleans as 1 or 0. */
        record Values(Map<String, String> values) implements Read {}

        /** Why it is none, without the trailing newline. */
        record Broken(String reason) implements Read {}
    }

    /** Splits without judging the values. */
    public Read read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = equals < 0 ? defaultKey : part.substring(0, equals);
            String value = part.substring(equals + 1);
            if (key == null) {
                return new Read.Broken("value without key, but schema does not define a default key");
            }
            if (key.isEmpty() || value.isEmpty()) {
                return new Read.Broken("missing key in comma-separated list property");
            }
            Property property = key(key);
            if (property == null) {
                return new Read.Broken("invalid key in comma-separated list property: " + key);
            }
            if (values.putIfAbsent(key, property.type() instanceof Type.Bool ? Booleans.normal(value) : value)
                    != null) {
                return new Read.Broken("duplicate key in comma-separated list property: " + key);
            }
        }
        return new Read.Values(values);
    }

    /** The values of a string that was checked before; empty for one that cannot be read. */
    public Map<String, String> values(String text) {
        return read(text) instanceof Read.Values(Map<String, String> values) ? values : Map.of();
    }

    /** Printed as Proxmox stores it: bare default key, then the required keys, then the others, each group sorted. */
    public String print(Map<String, String> values) {
        List<String> parts = new ArrayList<>();
        String bare = defaultKey == null ? null : values.get(defaultKey);
        if (bare != null) {
            parts.add(bare);
        }
        for (boolean required : new boolean[] {true, false}) {
            for (String name : new TreeSet<>(values.keySet())) {
                Property property = key(name);
                if (property != null && property.required() == required && !name.equals(defaultKey)) {
                    parts.add(name + "=" + values.get(name));
                }
            }
        }
        return String.join(",", parts);
    }

    /** The words that refuse this text, or null. */
    @Nullable
    String complaint(String path, String text) {
        return switch (read(text)) {
            case Read.Broken(String reason) -> "invalid format - " + reason + "\n";
            case Read.Values(Map<String, String> values) -> {
                Map<String, String> errors = new TreeMap<>();
                for (Property key : keys) {
                    String value = values.get(key.name());
                    if (value != null) {
                        key.type().check(path + "." + key.name(), value, errors);
                    } else if (key.required()) {
                        errors.put(path + "." + key.name(), "property is missing and it is not optional");
                    }
                }
                StringBuilder text2 = new StringBuilder("invalid format - format error\n");
                errors.forEach((name, error) ->
                        text2.append(name).append(": ").append(error).append('\n'));
                yield errors.isEmpty() ? null : text2.toString();
            }
        };
    }

    private @Nullable Property key(String name) {
        for (Property key : keys) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }
}
