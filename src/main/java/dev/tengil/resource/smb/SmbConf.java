package dev.tengil.resource.smb;

import dev.tengil.model.HostPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's own smb.conf, of which one line is ours: the include of our file. It stands at the end, because Samba takes whatever
 * follows an include for parameters of the last section in it. Every other line stays byte for byte.
 *
 * @param text decoded as ISO 8859-1, so that every byte survives
 */
record SmbConf(String text) {
    static final HostPath PATH = HostPath.of("/etc/samba/smb.conf");

    static String includeLine(HostPath file) {
        return "include = " + file;
    }

    boolean includes(HostPath file) {
        return text.lines().anyMatch(line -> isInclude(line, file));
    }

    /** Whether our line is there once and nothing but other stacks' lines follow. */
    boolean isSettled(HostPath file) {
        return text.lines().filter(line -> isInclude(line, file)).count() == 1
                && following(file).isEmpty();
    }

    /** A parameter behind our line, which belongs to our last share for Samba and to another section for the person who wrote it. */
    @Nullable
    String stray(HostPath file) {
        List<String> behind = following(file);
        return behind.isEmpty() || behind.getFirst().startsWith("[") ? null : behind.getFirst();
    }

    private List<String> following(HostPath file) {
        List<String> lines = text.lines().toList();
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (last < 0 && isInclude(lines.get(i), file)) {
                last = i;
            }
        }
        return last < 0
                ? List.of()
                : lines.subList(last + 1, lines.size()).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
                        .filter(line -> !isInclude(line, file) && !isOtherStack(line))
                        .toList();
    }

    SmbConf without(HostPath file) {
        StringBuilder rest = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            if (!isInclude(line, file)) {
                rest.append(line);
            }
        }
        return new SmbConf(rest.toString());
    }

    SmbConf with(HostPath file) {
        String rest = without(file).text();
        return new SmbConf((rest.isEmpty() || rest.endsWith("\n") ? rest : rest + "\n") + includeLine(file) + "\n");
    }

    /** The configuration as Samba would read it, in one text. */
    String inlined(HostPath file, String rendered) {
        String rest = without(file).text();
        return (rest.isEmpty() || rest.endsWith("\n") ? rest : rest + "\n") + rendered;
    }

    private static boolean isInclude(String line, HostPath file) {
        return line.strip().replaceAll("\\s*=\\s*", " = ").equalsIgnoreCase(includeLine(file));
    }

    private static boolean isOtherStack(String line) {
        return line.replaceAll("\\s*=\\s*", "=").matches("include=/etc/samba/tengil[A-Za-z0-9._-]*\\.conf");
    }
}
