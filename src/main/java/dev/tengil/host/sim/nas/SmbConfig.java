package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Disk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * smb.conf as Samba reads it: sections, parameters whose names ignore case and blanks, includes read where they stand, so that what
 * follows an include belongs to its last section.
 */
final class SmbConfig {

    /** Parameters that Debian's file and tengil's shares use; another is unknown to this Samba. */
    private static final Set<String> KNOWN = Set.of(
            "workgroup",
            "log file",
            "max log size",
            "logging",
            "panic action",
            "server role",
            "obey pam restrictions",
            "unix password sync",
            "passwd program",
            "passwd chat",
            "pam password change",
            "map to guest",
            "usershare allow guests",
            "comment",
            "browseable",
            "browsable",
            "read only",
            "writable",
            "writeable",
            "write ok",
            "create mask",
            "create mode",
            "directory mask",
            "directory mode",
            "valid users",
            "invalid users",
            "path",
            "directory",
            "printable",
            "guest ok",
            "public",
            "write list",
            "read list",
            "admin users",
            "force group",
            "group",
            "force user",
            "inherit acls",
            "inherit permissions",
            "vfs objects",
            "fruit:time machine",
            "fruit:time machine max size",
            "fruit:metadata",
            "fruit:model",
            "fruit:resource",
            "fruit:posix_rename",
            "fruit:veto_appledouble",
            "fruit:nfs_aces",
            "fruit:wipe_intentionally_left_blank_rfork",
            "fruit:delete_empty_adfiles",
            "fruit:encoding",
            "force create mode",
            "force directory mode",
            "available",
            "hosts allow",
            "hosts deny",
            "veto files",
            "hide files",
            "follow symlinks",
            "wide links",
            "ea support",
            "strict sync",
            "oplocks",
            "case sensitive",
            "hide dot files",
            "hide unreadable",
            "access based share enum",
            "guest only",
            "server string",
            "min protocol",
            "server min protocol",
            "interfaces",
            "bind interfaces only",
            "security",
            "dead time",
            "recycle:repository");

    private static final Set<String> SWITCHES = Set.of(
            "browseable",
            "read only",
            "printable",
            "guest ok",
            "inherit acls",
            "inherit permissions",
            "obey pam restrictions",
            "unix password sync",
            "pam password change",
            "usershare allow guests",
            "available",
            "fruit:time machine");
    private static final int DEEPEST = 10;

    private final Disk disk;
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private String section = "global";

    private SmbConfig(Disk disk) {
        this.disk = disk;
    }

    static SmbConfig read(Disk disk, String path) {
        SmbConfig config = new SmbConfig(disk);
        config.sections.put("global", new TreeMap<>());
        config.file(path, 0);
        return config;
    }

    Map<String, Map<String, String>> sections() {
        return sections;
    }

    List<String> complaints() {
        return complaints;
    }

    private void file(String path, int depth) {
        for (String raw : Lines.of(disk, path)) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1).strip();
                if (section.equalsIgnoreCase("global")) {
                    section = "global";
                }
                sections.computeIfAbsent(section, key -> new TreeMap<>());
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                complaints.add("params.c:pm_process() - Failed.  Error returned from params.c:parse().");
                continue;
            }
            parameter(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip(),
                    depth);
        }
    }

    private void parameter(String name, String value, int depth) {
        String known = name.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (known.equals("include")) {
            if (depth < DEEPEST && disk.follow(value) != null) {
                file(value, depth + 1);
            } else {
                complaints.add("Can't find include file " + value);
            }
            return;
        }
        if (!KNOWN.contains(known) && known.indexOf(':') < 0) {
            complaints.add("Unknown parameter encountered: \"" + name + "\"");
            complaints.add("Ignoring unknown parameter \"" + name + "\"");
            return;
        }
        String canonical = switch (known) {
            case "writable", "writeable", "write ok" -> "read only";
            case "public" -> "guest ok";
            case "browsable" -> "browseable";
            case "create mode" -> "create mask";
            case "directory mode" -> "directory mask";
            case "group" -> "force group";
            case "directory" -> "path";
            default -> known;
        };
        boolean inverted = canonical.equals("read only") && !known.equals("read only");
        sections.computeIfAbsent(section, key -> new TreeMap<>()).put(canonical, value(canonical, value, inverted));
    }

    private static String value(String name, String value, boolean inverted) {
        if (!SWITCHES.contains(name)) {
            return name.equals("map to guest") && value.equalsIgnoreCase("bad user") ? "Bad User" : value;
        }
        boolean yes = Set.of("yes", "true", "1", "on").contains(value.toLowerCase(Locale.ROOT));
        return yes != inverted ? "Yes" : "No";
    }
}
