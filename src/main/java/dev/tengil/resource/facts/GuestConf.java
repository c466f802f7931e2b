package dev.tengil.resource.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container's config file, {@code /etc/pve/lxc/N.conf}, taken apart: description lines, then {@code key: value}, raw {@code lxc.…}
 * lines, then {@code [pve:pending]} and snapshot sections (pve-container Config.pm, parse_pct_config).
 *
 * @param text the file, unchanged; decoded as ISO 8859-1 so that every byte survives
 * @param options keys of the main section
 * @param env {@code K=V} of the {@code lxc.environment.runtime} lines, in order
 * @param raw the other {@code lxc.…} lines
 * @param pending keys waiting for a restart; the value is null for one that will be deleted
 */
public record GuestConf(
        String text,
        SortedMap<String, String> options,
        List<String> env,
        List<Raw> raw,
        SortedMap<String, @Nullable String> pending) {

    private static final String ENV = "lxc.environment.runtime";

    /** A raw line. */
    public record Raw(String key, String value) {}

    /** Takes a config apart; lines that are no config are skipped, as Proxmox does. */
    public static GuestConf parse(String text) {
        SortedMap<String, String> options = new TreeMap<>();
        List<String> env = new ArrayList<>();
        List<Raw> raw = new ArrayList<>();
        SortedMap<String, @Nullable String> pending = new TreeMap<>();
        String section = "";
        for (String line : text.split("\n", -1)) {
            String trimmed = line.strip();
            if (trimmed.startsWith("[") && trimmed.endsWith("]")) {
                section = trimmed.substring(1, trimmed.length() - 1);
                continue;
            }
            int split = separator(trimmed);
            if (trimmed.startsWith("#") || split < 1) {
                continue;
            }
            String key = trimmed.substring(0, split).strip();
            String value = trimmed.substring(split + 1).strip();
            if (section.isEmpty()) {
                if (key.equals(ENV)) {
                    env.add(value);
                } else if (key.startsWith("lxc.")) {
                    raw.add(new Raw(key, value));
                } else {
                    options.put(key, value);
                }
            } else if (section.equals("pve:pending")) {
                if (key.equals("delete")) {
                    for (String deleted : value.split("[,; ]+", -1)) {
                        pending.put(deleted.replace("!", ""), null);
                    }
                } else {
                    pending.put(key.equals(ENV) ? "env" : key, value);
                }
            }
        }
        return new GuestConf(text, options, List.copyOf(env), List.copyOf(raw), pending);
    }

    /** {@code key: value} and {@code lxc.key = value} are both read. */
    private static int separator(String line) {
        int colon = line.indexOf(':');
        int equals = line.startsWith("lxc.") ? line.indexOf('=') : -1;
        if (colon < 0) {
            return equals;
        }
        return equals < 0 ? colon : Math.min(colon, equals);
    }

    public @Nullable String option(String key) {
        return options.get(key);
    }

    /** The value of a raw line that stands once, or null. */
    public @Nullable String rawValue(String key) {
        return raw.stream()
                .filter(line -> line.key().equals(key))
                .map(Raw::value)
                .findFirst()
                .orElse(null);
    }
}
