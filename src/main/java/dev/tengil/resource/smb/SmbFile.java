package dev.tengil.resource.smb;

import dev.tengil.model.HostPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Our own part of Samba's configuration: one file of sections, written whole, one for each stack. */
final class SmbFile {
    private static final HostPath DIRECTORY = HostPath.of("/etc/samba");

    /** The order in which a person reads them; all others follow by name. */
    private static final List<String> FIRST =
            List.of("path", "comment", "browseable", "guest ok", "read only", "valid users", "read list", "write list");

    private final String stack;

    SmbFile(String stack) {
        this.stack = stack;
    }

    /** Where it is. */
    HostPath path() {
        return DIRECTORY.resolve(stack.equals("main") ? "tengil.conf" : "tengil-" + stack + ".conf");
    }

    /** Where the whole configuration is put for testparm to read before it counts. */
    HostPath candidate() {
        return DIRECTORY.resolve(stack.equals("main") ? "tengil.candidate" : "tengil-" + stack + ".candidate");
    }

    /** The whole file. */
    String render(Collection<SmbShare> shares) {
        StringBuilder text = new StringBuilder(
                "# SMB shares of tengil's stack \"" + stack + "\".\n"
                        + "# Written whole by tg apply: what is changed here is changed back. smb.conf includes it by its last line.\n");
        shares.stream().sorted(Comparator.comparing(SmbShare::address)).forEach(share -> {
            text.append("\n[").append(share.name()).append("]\n");
            SortedMap<String, String> rest = new TreeMap<>(share.parameters());
            FIRST.forEach(name -> {
                String value = rest.remove(name);
                if (value != null) {
                    line(text, name, value);
                }
            });
            rest.forEach((name, value) -> line(text, name, value));
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append('\t')
                .append(name)
                .append(value.isEmpty() ? " =" : " = ")
                .append(value)
                .append('\n');
    }

    /** Sections of a configuration by name, in the file's order of names; a name given twice is one section, as for Samba. */
    static SortedMap<String, SortedMap<String, String>> parse(String text) {
        SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        SortedMap<String, String> section = new TreeMap<>();
        for (String line : logicalLines(text)) {
            if (line.startsWith("[") && line.indexOf(']') > 0) {
                section = sections.computeIfAbsent(
                        line.substring(1, line.indexOf(']')).strip(), name -> new TreeMap<>());
            } else if (line.indexOf('=') > 0) {
                int equals = line.indexOf('=');
                String name = line.substring(0, equals)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ");
                section.put(name, SmbOptions.yesOrNo(line.substring(equals + 1).strip()));
            }
        }
        return sections;
    }

    /** Lines without comments, joined where a backslash ends one. */
    private static List<String> logicalLines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (open.isEmpty() && (line.startsWith("#") || line.startsWith(";"))) {
                continue;
            }
            if (line.endsWith("\\")) {
                open.append(line, 0, line.length() - 1);
            } else {
                lines.add(open.append(line).toString());
                open.setLength(0);
            }
        }
        return lines;
    }
}
