package dev.tengil.host.sim.nas;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Samba knows of the parameters of a share that a person may set in tengil.yml: their values and what holds without them. */
final class ShareParameters {

    private static final Set<String> ON = names("""
            dos filetimes, durable handles, ea support, follow symlinks, hide dot files, level2 oplocks, locking,
            map archive, nt acl support, oplocks, posix locking, preserve case, short preserve case,
            store dos attributes, strict sync, blocking locks, available, browseable, read only
            """);
    private static final Set<String> OFF = names("""
            access based share enum, delete readonly, delete veto files, dos filemode, dos filetime resolution,
            fake directory create times, force unknown acl user, hide special files, hide unreadable,
            hide unwriteable files, inherit acls, inherit permissions, kernel oplocks, kernel share modes,
            map acl inherit, map hidden, map system, strict allocate, sync always, use sendfile, guest ok, guest only,
            printable, wide links
            """);

    /** Their default comes first. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "case sensitive", List.of("Auto", "No", "Yes"),
            "csc policy", List.of("manual", "documents", "programs", "disable"),
            "default case", List.of("lower", "upper"),
            "inherit owner", List.of("no", "windows and unix", "yes", "unix only"),
            "map readonly", List.of("no", "yes", "permissions"),
            "mangled names", List.of("illegal", "no", "yes"),
            "server smb encrypt", List.of("default", "No", "off", "if_required", "Yes", "auto", "desired", "required"),
            "strict locking", List.of("Auto", "No", "Yes"));

    private static final Map<String, String> OTHERS = Map.of(
            "allocation roundup size", "0",
            "block size", "1024",
            "max connections", "0",
            "veto oplock files", "",
            "volume", "",
            "create mask", "0744",
            "directory mask", "0755",
            "force create mode", "0000",
            "force directory mode", "0000");
    private static final Set<String> SIZES = Set.of("allocation roundup size", "block size");
    private static final Set<String> DEPRECATED = Set.of("allocation roundup size", "blocking locks");
    private static final Map<String, String> DEFAULTS = defaults();

    private ShareParameters() {}

    static boolean knows(String name) {
        return DEFAULTS.containsKey(name);
    }

    static boolean isSwitch(String name) {
        return ON.contains(name) || OFF.contains(name);
    }

    static boolean isDeprecated(String name) {
        return DEPRECATED.contains(name);
    }

    /** What holds when nothing is said; null for a parameter that is not here. */
    static @Nullable String ofItself(String name) {
        return DEFAULTS.get(name);
    }

    /** Why Samba does not take this value; null when it does. */
    static @Nullable String refusal(String name, String value) {
        if (SIZES.contains(name) && !value.matches("\\d+[kKmMgGtTpP]?")) {
            return "set_variable_helper(" + value + "): value is not a valid size specifier!";
        }
        return WORDS.containsKey(name) && word(name, value) == null
                ? "WARNING: Ignoring invalid value '" + value + "' for parameter '" + name + "'"
                : null;
    }

    /** The value as testparm prints it. */
    static String shown(String name, String value) {
        String word = word(name, value);
        return word == null ? value : word;
    }

    private static @Nullable String word(String name, String value) {
        String said = switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "0" -> "no";
            case "true", "1" -> "yes";
            default -> value;
        };
        return WORDS.getOrDefault(name, List.of()).stream()
                .filter(said::equalsIgnoreCase)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, String> defaults() {
        Map<String, String> all = new HashMap<>(OTHERS);
        ON.forEach(name -> all.put(name, "Yes"));
        OFF.forEach(name -> all.put(name, "No"));
        WORDS.forEach((name, words) -> all.put(name, words.getFirst()));
        return Map.copyOf(all);
    }

    private static Set<String> names(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }
}
