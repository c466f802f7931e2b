package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Disk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    private static final Set<String> SWITCHES =
            Set.of("obey pam restrictions", "unix password sync", "pam password change", "usershare allow guests");
    private static final Set<String> OCTAL =
            Set.of("create mask", "directory mask", "force create mode", "force directory mode");

    /** What only the whole server has; in a share it is complained about and without effect. */
    private static final Set<String> GLOBAL = Set.of(
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
            "server string",
            "server min protocol",
            "interfaces",
            "bind interfaces only",
            "security");

    private static final int DEEPEST = 10;

    private final Disk disk;
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private String section = "global";
    private boolean loaded = true;

    private SmbConfig(Disk disk) {
        this.disk = disk;
    }

    static SmbConfig read(Disk disk, String path) {
        SmbConfig config = new SmbConfig(disk);
        config.sections.put("global", new LinkedHashMap<>(Map.of("idmap config * : backend", "tdb")));
        config.loaded = config.file(path, 0);
        if (config.loaded) {
            config.sections.forEach(config::available);
        }
        return config;
    }

    Map<String, Map<String, String>> sections() {
        return sections;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Whether all of it could be read; otherwise Samba takes none of it. */
    boolean loaded() {
        return loaded;
    }

    private boolean file(String path, int depth) {
        for (String raw : Lines.of(disk, path)) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (line.startsWith("[")) {
                if (!header(line)) {
                    return false;
                }
            } else if (equals > 0
                    && !parameter(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip(),
                            depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean header(String line) {
        int end = line.indexOf(']');
        if (end < 0) {
            return false;
        }
        String name = line.substring(1, end).strip();
        if (name.isEmpty()) {
            complaints.add("The following message indicates an internal error:");
            complaints.add("No service name in service entry.");
            return false;
        }
        section = sections.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
        sections.computeIfAbsent(section, key -> new LinkedHashMap<>());
        return true;
    }

    private boolean parameter(String name, String value, int depth) {
        String known = name.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Map<String, String> parameters = sections.computeIfAbsent(section, key -> new LinkedHashMap<>());
        if (known.equals("include") && value.equalsIgnoreCase("registry")) {
            parameters.put("registry shares", "Yes");
            return true;
        }
        if (known.equals("include")) {
            parameters.put(known, value);
            return depth >= DEEPEST || disk.follow(value) == null || file(value, depth + 1);
        }
        if (!KNOWN.contains(known) && !ShareParameters.knows(canonical(known)) && known.indexOf(':') < 0) {
            complaints.add("Unknown parameter encountered: \"" + name + "\"");
            complaints.add("Ignoring unknown parameter \"" + name + "\"");
            return true;
        }
        String canonical = canonical(known);
        if (GLOBAL.contains(canonical) && !section.equals("global")) {
            complaints.add("Global parameter " + name + " found in service section!");
            return true;
        }
        if (OCTAL.contains(canonical) && !value.matches("[0-7]+")) {
            complaints.add("Invalid octal number " + name);
            return false;
        }
        if (ShareParameters.isDeprecated(canonical)) {
            complaints.add("lpcfg_do_service_parameter: WARNING: The \"" + name + "\" option is deprecated");
        }
        String refusal = ShareParameters.refusal(canonical, value);
        if (refusal != null) {
            complaints.add(refusal);
            return false;
        }
        if (!SWITCHES.contains(canonical) && !ShareParameters.isSwitch(canonical)) {
            boolean guest = canonical.equals("map to guest") && value.equalsIgnoreCase("bad user");
            String shown = guest ? "Bad User" : ShareParameters.shown(canonical, value);
            // Printed as "0%o".
            parameters.put(canonical, OCTAL.contains(canonical) ? "0" + value.replaceFirst("^0+(?=.)", "") : shown);
            return true;
        }
        String said = value.toLowerCase(Locale.ROOT);
        boolean yes = Set.of("yes", "true", "1", "on").contains(said);
        if (!yes && !Set.of("no", "false", "0", "off").contains(said)) {
            complaints.add("set_variable_helper(" + value + "): value is not boolean!");
            return false;
        }
        boolean inverted = canonical.equals("read only") && !known.equals("read only");
        parameters.put(canonical, yes != inverted ? "Yes" : "No");
        return true;
    }

    private static String canonical(String known) {
        return switch (known) {
            case "writable", "writeable", "write ok" -> "read only";
            case "public" -> "guest ok";
            case "browsable" -> "browseable";
            case "smb encrypt" -> "server smb encrypt";
            case "create mode" -> "create mask";
            case "directory mode" -> "directory mask";
            case "group" -> "force group";
            case "directory" -> "path";
            case "min protocol" -> "server min protocol";
            default -> known;
        };
    }

    /** A share without a path is there and cannot be used. */
    private void available(String name, Map<String, String> parameters) {
        if (!name.equals("global")
                && !name.equalsIgnoreCase("homes")
                && parameters.getOrDefault("path", "").isEmpty()) {
            parameters.put("available", "No");
            complaints.add("WARNING: No path in service " + name + " - making it unavailable!");
            complaints.add("NOTE: Service " + name + " is flagged unavailable.");
        }
    }
}
