package dev.tengil.resource.smb;

import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a share that a file may set besides its own keys. A list of what is known to be harmless: Samba has parameters
 * that run programs as root or lead out of the share, under several names each.
 */
final class SmbOptions {
    private static final Map<String, String> KNOWN = Stream.of(
                    "access based share enum",
                    "allocation roundup size",
                    "block size",
                    "blocking locks",
                    "case sensitive",
                    "create mask",
                    "csc policy",
                    "default case",
                    "delete readonly",
                    "delete veto files",
                    "directory mask",
                    "dos filemode",
                    "dos filetime resolution",
                    "dos filetimes",
                    "durable handles",
                    "ea support",
                    "fake directory create times",
                    "follow symlinks",
                    "force create mode",
                    "force directory mode",
                    "force group",
                    "force unknown acl user",
                    "force user",
                    "hide dot files",
                    "hide files",
                    "hide special files",
                    "hide unreadable",
                    "hide unwriteable files",
                    "hosts allow",
                    "hosts deny",
                    "inherit acls",
                    "inherit owner",
                    "inherit permissions",
                    "kernel oplocks",
                    "kernel share modes",
                    "level2 oplocks",
                    "locking",
                    "map acl inherit",
                    "map archive",
                    "map hidden",
                    "map readonly",
                    "map system",
                    "mangled names",
                    "max connections",
                    "nt acl support",
                    "oplocks",
                    "posix locking",
                    "preserve case",
                    "server smb encrypt",
                    "short preserve case",
                    "smb encrypt",
                    "store dos attributes",
                    "strict allocate",
                    "strict locking",
                    "strict sync",
                    "sync always",
                    "use sendfile",
                    "veto files",
                    "veto oplock files",
                    "vfs objects",
                    "volume")
            .collect(Collectors.toUnmodifiableMap(SmbOptions::squeezed, name -> name));

    /** Parameters that a key of the share's own sets, under their names and their other names. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("path", "path"),
            Map.entry("directory", "path"),
            Map.entry("comment", "comment"),
            Map.entry("readonly", "readonly"),
            Map.entry("writeable", "readonly"),
            Map.entry("writable", "readonly"),
            Map.entry("writeok", "readonly"),
            Map.entry("guestok", "guest_ok"),
            Map.entry("public", "guest_ok"),
            Map.entry("browseable", "browseable"),
            Map.entry("browsable", "browseable"),
            Map.entry("validusers", "users"),
            Map.entry("readlist", "users"),
            Map.entry("writelist", "users"));

    private static final Pattern RUNS =
            Pattern.compile("exec|script|command|program|action|magic|printing|^lp|^print|queue");
    private static final Set<String> ESCAPES = Set.of(
            "include",
            "copy",
            "configbackend",
            "adminusers",
            "widelinks",
            "allowinsecurewidelinks",
            "msdfsroot",
            "msdfsproxy",
            "forceprintername",
            "unixextensions",
            "usershareallowfullconfig");
    private static final Set<String> PREFIXES = Set.of(
            "fruit",
            "recycle",
            "shadow",
            "catia",
            "streams_xattr",
            "streams_depot",
            "acl_xattr",
            "full_audit",
            "readahead",
            "dirsort",
            "worm");
    private static final Set<String> MODULES = Set.of(
            "acl_xattr",
            "audit",
            "catia",
            "crossrename",
            "default_quota",
            "dirsort",
            "extd_audit",
            "fruit",
            "full_audit",
            "readahead",
            "readonly",
            "recycle",
            "shadow_copy2",
            "streams_depot",
            "streams_xattr",
            "time_audit",
            "worm",
            "zfsacl");

    private SmbOptions() {}

    /** The parameter's proper name. */
    static Parsed<String> name(String text) {
        String squeezed = squeezed(text);
        String known = KNOWN.get(squeezed);
        if (known != null) {
            return Parsed.ok(known);
        }
        String key = KEYS.get(squeezed);
        if (key != null) {
            return Parsed.bad("write the share's own key \"" + key + "\" instead of the option \"" + text + "\"");
        }
        if (RUNS.matcher(squeezed).find()) {
            return Parsed.bad("\"" + text + "\" can run a program as root and is refused");
        }
        if (ESCAPES.contains(squeezed)) {
            return Parsed.bad("\"" + text + "\" leads out of the share or past its rights and is refused");
        }
        int colon = text.indexOf(':');
        if (colon > 0
                && PREFIXES.contains(text.substring(0, colon).strip().toLowerCase(Locale.ROOT))
                && text.matches("[a-z_0-9]+:[a-z_0-9 ]*[a-z_0-9]")) {
            return Parsed.ok(text);
        }
        return Parsed.bad("tengil does not know the option \"" + text + "\" of a share"
                + Nearest.suggestion(text.toLowerCase(Locale.ROOT), KNOWN.values()));
    }

    /** The value as smb.conf has it, for a name that {@link #name} gave. */
    static Parsed<String> value(String name, String text) {
        return SmbText.parse(text).then(value -> {
            if (value.contains("..")) {
                return Parsed.bad("\"..\" would lead out of the share");
            }
            String written = yesOrNo(value);
            if (name.equals("follow symlinks") && !written.equals("no")) {
                return Parsed.bad("following symbolic links is what Samba does anyway; only \"no\" can be asked for");
            }
            if (name.equals("vfs objects")) {
                for (String module : value.split("[ ,]+", -1)) {
                    if (!MODULES.contains(module)) {
                        return Parsed.bad("the module \"" + module + "\" is not one of "
                                + String.join(", ", MODULES.stream().sorted().toList()));
                    }
                }
            }
            boolean account = name.equals("force user") || name.equals("force group");
            if (account && (!value.matches("[A-Za-z_][A-Za-z0-9_.-]*") || isPowerful(value))) {
                return Parsed.bad("\"" + value + "\" is not an account that a share may act as");
            }
            return Parsed.ok(written);
        });
    }

    /** One spelling for what Samba reads as true or false. */
    static String yesOrNo(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> "yes";
            case "no", "false", "off" -> "no";
            default -> value;
        };
    }

    private static boolean isPowerful(String account) {
        return dev.tengil.resource.People.POWERFUL_GROUPS.contains(account.toLowerCase(Locale.ROOT));
    }

    /** Samba ignores case and blanks in the names of parameters. */
    private static String squeezed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    }
}
