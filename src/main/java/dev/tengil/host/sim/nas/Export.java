package dev.tengil.host.sim.nas;

import dev.tengil.host.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One directory exported to one client, with the options as exportfs completes and prints them.
 *
 * @param path as it is, without escapes
 */
record Export(String path, String client, String options) {

    private static final Set<String> WORDS = Set.of(
            "rw",
            "ro",
            "sync",
            "async",
            "wdelay",
            "no_wdelay",
            "hide",
            "nohide",
            "crossmnt",
            "nocrossmnt",
            "subtree_check",
            "no_subtree_check",
            "secure",
            "insecure",
            "root_squash",
            "no_root_squash",
            "all_squash",
            "no_all_squash",
            "acl",
            "no_acl",
            "mountpoint",
            "mp",
            "secure_locks",
            "insecure_locks",
            "auth_nlm",
            "no_auth_nlm");
    private static final Set<String> FLAVOURS = Set.of("sys", "krb5", "krb5i", "krb5p", "null", "unix");
    private static final Set<String> NUMBERS = Set.of("anonuid", "anongid", "fsid");
    private static final String NOBODY = "65534";
    private static final int COLUMN = 14;

    /** Why exportfs refuses these options; null when it does not. */
    static @Nullable String refusal(List<String> options, String place) {
        for (String option : options) {
            String[] pair = option.split("=", 2);
            if (pair.length == 2 && pair[0].equals("sec")) {
                for (String flavour : pair[1].split(":", -1)) {
                    if (!FLAVOURS.contains(flavour)) {
                        return "unknown flavor " + flavour + "\n";
                    }
                }
            } else if (pair.length == 2 && NUMBERS.contains(pair[0])) {
                boolean root = pair[0].equals("fsid") && (pair[1].equals("root") || pair[1].matches("[0-9a-f-]{36}"));
                if (!root && !pair[1].matches("-?\\d+")) {
                    return place.replace(":", ": ") + ": bad " + pair[0] + " \"" + option + "\"\n";
                }
            } else if (!WORDS.contains(option) && !option.matches("(mountpoint|mp)=.*")) {
                return place + ": unknown keyword \"" + option + "\"\n";
            }
        }
        return null;
    }

    static Export of(String path, String client, List<String> options) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String option : options) {
            String[] pair = option.split("=", 2);
            said.put(group(pair[0]), option);
        }
        List<String> shown = new ArrayList<>();
        shown.add(said.getOrDefault("sync", "sync"));
        shown.add(said.getOrDefault("wdelay", "wdelay"));
        shown.add(said.getOrDefault("hide", "hide"));
        only(said.get("crossmnt"), "crossmnt", shown);
        only(said.getOrDefault("subtree_check", "no_subtree_check"), "no_subtree_check", shown);
        only(said.get("secure_locks"), "insecure_locks", shown);
        only(said.get("acl"), "no_acl", shown);
        String fsid = said.get("fsid");
        if (fsid != null) {
            shown.add(fsid.equals("fsid=root") ? "fsid=0" : fsid);
        }
        String mountpoint = said.get("mountpoint");
        if (mountpoint != null) {
            shown.add(mountpoint.replaceFirst("^mp(?=$|=)", "mountpoint"));
        }
        for (String id : List.of("anonuid", "anongid")) {
            String value = said.getOrDefault(id, id + "=" + NOBODY);
            if (!value.endsWith("=" + NOBODY)) {
                shown.add(value);
            }
        }
        shown.add(said.getOrDefault("sec", "sec=sys"));
        shown.add(said.getOrDefault("ro", "ro"));
        shown.add(said.getOrDefault("secure", "secure"));
        shown.add(said.getOrDefault("root_squash", "root_squash"));
        shown.add(said.getOrDefault("all_squash", "no_all_squash"));
        return new Export(path, client, String.join(",", shown));
    }

    /** Options that exclude each other go by one name, so that the last of them counts. */
    private static String group(String option) {
        return switch (option) {
            case "async" -> "sync";
            case "rw" -> "ro";
            case "nohide" -> "hide";
            case "mp" -> "mountpoint";
            case "insecure" -> "secure";
            case "insecure_locks", "auth_nlm" -> "secure_locks";
            case "no_auth_nlm" -> "secure_locks";
            case "nocrossmnt" -> "crossmnt";
            default -> option.startsWith("no_") ? option.substring("no_".length()) : option;
        };
    }

    private static void only(@Nullable String said, String shownWhen, List<String> shown) {
        boolean locks = shownWhen.equals("insecure_locks") && "no_auth_nlm".equals(said);
        if (locks || shownWhen.equals(said)) {
            shown.add(shownWhen);
        }
    }

    /** Hosts come first, then networks, patterns, netgroups and everybody. */
    int rank() {
        if (client.equals("*")) {
            return 4;
        }
        if (client.startsWith("@")) {
            return 3;
        }
        return client.matches(".*[*?\\[].*") ? 2 : client.indexOf('/') >= 0 ? 1 : 0;
    }

    /** The options as the bits that the kernel is given (linux/nfsd/export.h), for those that people use. */
    int flags() {
        List<String> said = List.of(options.split(",", -1));
        int flags = 0;
        flags |= said.contains("ro") ? 0x1 : 0;
        flags |= said.contains("insecure") ? 0x2 : 0;
        flags |= said.contains("root_squash") ? 0x4 : 0;
        flags |= said.contains("all_squash") ? 0x8 : 0;
        flags |= said.contains("async") ? 0x10 : 0;
        flags |= said.contains("wdelay") ? 0x20 : 0;
        flags |= said.contains("nohide") ? 0x200 : 0;
        flags |= said.contains("no_subtree_check") ? 0x400 : 0;
        flags |= said.contains("crossmnt") ? 0x4000 : 0;
        return flags;
    }

    /** As {@code exportfs -s} prints it. */
    String line() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean plain = c > ' ' && c != '\\' && c != '#';
            text.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\%03o", (int) c));
        }
        return text + "  " + client + "(" + options + ")";
    }

    /** As {@code exportfs -v} prints it. */
    String column() {
        boolean wide = Bytes.utf8(path).size() > COLUMN;
        String first = wide ? path + "\n\t\t" : String.format(Locale.ROOT, "%-" + COLUMN + "s\t", path);
        return first + (client.equals("*") ? "<world>" : client) + "(" + options + ")";
    }

    /** Reads a line of {@code exportfs -s} back. */
    static Export parse(String line) {
        int gap = line.indexOf("  ");
        int open = line.indexOf('(', gap);
        return new Export(
                unescaped(line.substring(0, gap)),
                line.substring(gap + 2, open),
                line.substring(open + 1, line.length() - 1));
    }

    /** Octal escapes of exports(5) undone. */
    static String unescaped(String word) {
        StringBuilder bytes = new StringBuilder();
        String raw = Bytes.utf8(word).latin1();
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '\\' && raw.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
                bytes.append((char) Integer.parseInt(raw.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                bytes.append(raw.charAt(i));
            }
        }
        return Bytes.latin1(bytes.toString()).text();
    }
}
