package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.pve.schema.Booleans;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the text of {@code /etc/pve/lxc/N.conf}, which is the truth about a container (pve-container Config.pm). */
public final class GuestText {

    private static final String PENDING = "pve:pending";
    private static final Pattern HEADER = Pattern.compile("\\[([a-zA-Z][a-zA-Z0-9_:-]*)\\]\\s*");
    private static final Pattern RAW = Pattern.compile("(lxc\\.[a-zA-Z0-9_.-]+)(?::|\\s*=)\\s*(.*?)\\s*");
    private static final Pattern OPTION = Pattern.compile("([a-z][a-z_]*\\d*):\\s*(.+?)\\s*");

    private GuestText() {}

    /** Takes a config apart; lines that are none are dropped, as the next write would. */
    public static GuestConfig parse(Bytes file) {
        GuestConfig config = new GuestConfig();
        Section section = config.current();
        for (String line : file.latin1().split("\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                section = header.group(1).equals(PENDING) ? config.pending() : config.snapshot(header.group(1));
            } else if (line.startsWith("#")) {
                section.appendDescription(decoded(line.substring(1)));
            } else {
                readLine(config, section, line);
            }
        }
        return config;
    }

    private static void readLine(GuestConfig config, Section section, String line) {
        Matcher raw = RAW.matcher(line);
        if (raw.matches()) {
            String value = raw.group(2);
            if (raw.group(1).equals(Section.ENV)) {
                section.env().add(value);
            } else {
                section.raw().add(new Section.Raw(raw.group(1), value));
            }
            return;
        }
        Matcher option = OPTION.matcher(line);
        if (!option.matches()) {
            return;
        }
        String key = option.group(1);
        String value = option.group(2);
        if (key.equals("delete") && section == config.pending()) {
            config.delete(value);
        } else if (key.equals("description")) {
            section.appendDescription(decoded(value));
        } else if (isInternal(key)) {
            section.options().put(key, value);
        } else {
            String normal = normal(key, value);
            if (normal != null) {
                section.options().put(key, normal);
            }
        }
    }

    /** Keys that Proxmox writes itself and no call accepts. */
    private static boolean isInternal(String key) {
        return key.equals("parent") || key.equals("snaptime");
    }

    private static @Nullable String normal(String key, String value) {
        Property option = GuestOptions.find(key);
        if (option == null) {
            return null;
        }
        String text = option.type() instanceof Type.Bool ? Booleans.normal(value) : value;
        Map<String, String> errors = new TreeMap<>();
        option.type().check(key, text, errors);
        if (!errors.isEmpty()) {
            return null;
        }
        return option.type() instanceof Type.Int ? Long.toString(Long.parseLong(text)) : text;
    }

    /** The text as Proxmox writes it. */
    public static Bytes write(GuestConfig config) {
        StringBuilder out = new StringBuilder();
        writeSection(out, config.current());
        if (config.hasPending()) {
            out.append("\n[").append(PENDING).append("]\n");
            if (!config.deletes().isEmpty()) {
                Section pending = config.pending().copy();
                pending.options().put("delete", config.deleteText());
                writeSection(out, pending);
            } else {
                writeSection(out, config.pending());
            }
        }
        SortedMap<String, Section> snapshots = config.snapshots();
        snapshots.forEach((name, section) -> {
            out.append("\n[").append(name).append("]\n");
            writeSection(out, section);
        });
        return Bytes.latin1(out.toString());
    }

    private static void writeSection(StringBuilder out, Section section) {
        String description = section.get("description");
        if (description != null) {
            for (String line : withoutTrailingNewlines(description).split("\n", -1)) {
                out.append('#').append(encoded(line)).append('\n');
            }
        }
        section.options()
                .forEach((key, value) ->
                        out.append(key).append(": ").append(value).append('\n'));
        section.env()
                .forEach(item ->
                        out.append(Section.ENV).append(": ").append(item).append('\n'));
        section.raw()
                .forEach(line ->
                        out.append(line.key()).append(": ").append(line.value()).append('\n'));
    }

    private static String withoutTrailingNewlines(String text) {
        return text.replaceFirst("\n+$", "");
    }

    /** As Proxmox writes a description line: {@code :}, {@code %}, control and non-ASCII bytes as %XX. */
    public static String encoded(String line) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '%' || c == ':') {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String decoded(String line) {
        Matcher code = Pattern.compile("%([0-9A-Fa-f]{2})").matcher(line);
        return code.replaceAll(
                match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
