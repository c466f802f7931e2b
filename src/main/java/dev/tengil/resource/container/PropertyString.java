package dev.tengil.resource.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proxmox's {@code first,key=value,…}: what stands in net0, mp0, dev0, rootfs, features and startup.
 *
 * @param first the item without a key; empty when there is none
 * @param options the others by key
 */
public record PropertyString(String first, SortedMap<String, String> options) {

    public PropertyString {
        options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Reads one; an item without a key that is not the first is dropped, as nothing of Proxmox has two. */
    public static PropertyString parse(String text) {
        String first = "";
        Map<String, String> options = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                first = first.isEmpty() ? item : first;
            } else {
                options.put(item.substring(0, equals), item.substring(equals + 1));
            }
        }
        return new PropertyString(first, new TreeMap<>(options));
    }

    /** The value of a key, or null. */
    public @Nullable String get(String key) {
        return options.get(key);
    }

    PropertyString with(String key, @Nullable String value) {
        SortedMap<String, String> changed = new TreeMap<>(options);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return new PropertyString(first, changed);
    }

    /** As Proxmox prints it: the bare item, then this key, then the others by name. */
    String print(String leading) {
        StringBuilder text = new StringBuilder(first);
        String lead = options.get(leading);
        if (lead != null) {
            append(text, leading, lead);
        }
        options.forEach((key, value) -> {
            if (!key.equals(leading)) {
                append(text, key, value);
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value);
    }
}
