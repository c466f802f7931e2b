package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code setfacl -m|-x|-b|-k ENTRIES PATH…} with numeric ids, as acl(5) has them. */
final class Setfacl implements Program {

    /** Up to the name, its kind, the name, the rest. */
    private static final Pattern NAMED =
            Pattern.compile("((?:d:|default:)?(u|user|g|group):)([^:]*[^:\\d][^:]*)(:.*|)");

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        String mode = "";
        String entries = "";
        int i = 0;
        for (; i < words.size() && words.get(i).startsWith("-"); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            switch (word) {
                case "-m", "--modify", "-x", "--remove", "--set" -> {
                    mode = word.replace("--modify", "-m").replace("--remove", "-x");
                    entries = i + 1 < words.size() ? words.get(++i) : "";
                }
                case "-b", "--remove-all" -> mode = "-b";
                case "-k", "--remove-default" -> mode = "-k";
                default -> {
                    return call.fail(
                            2,
                            "setfacl: unrecognized option '" + word
                                    + "'\nUsage: setfacl [-bkndRLP] { -m|-M|-x|-X ... } file ...");
                }
            }
        }
        Disk disk = call.world().disk();
        int exit = 0;
        for (String path : words.subList(Math.min(i, words.size()), words.size())) {
            Inode inode = disk.follow(path);
            if (inode == null) {
                exit = call.fail(1, "setfacl: " + path + ": No such file or directory");
                continue;
            }
            String dataset = disk.datasetOf(path);
            if (dataset != null
                    && call.world().zfs().get(dataset, "acltype").value().equals("off")) {
                exit = call.fail(1, "setfacl: " + path + ": Operation not supported");
                continue;
            }
            Map<String, String> acl = acl(inode, mode);
            Set<String> given = new HashSet<>();
            int at = 1;
            for (String said : entries.isEmpty() ? List.<String>of() : List.of(entries.split(",", -1))) {
                String entry = Named.byNumber(call.world(), said);
                String full = spelledOut(entry, mode.equals("-x"));
                if (full.isEmpty()) {
                    return call.fail(
                            2, "setfacl: Option " + mode + ": Invalid argument near character " + (at + wrong(entry)));
                }
                at += said.length() + 1;
                int split = full.lastIndexOf(':');
                if (mode.equals("-x")) {
                    acl.remove(full);
                } else {
                    acl.put(full.substring(0, split), full.substring(split + 1));
                    given.add(full.substring(0, split));
                }
            }
            disk.put(disk.real(path, true), with(inode, acl, given));
        }
        return exit;
    }

    /** Where an entry stops making sense: at its kind, at its name, or at a letter of its rights. */
    private static int wrong(String entry) {
        Matcher parts = NAMED.matcher(entry);
        if (parts.matches()) {
            return parts.group(1).length();
        }
        int rights = entry.lastIndexOf(':') + 1;
        if (rights == 0) {
            return 0;
        }
        int letter = rights;
        while (letter < entry.length() && "rwxX-".indexOf(entry.charAt(letter)) >= 0) {
            letter++;
        }
        return letter;
    }

    private static Map<String, String> acl(Inode inode, String mode) {
        Map<String, String> acl = new TreeMap<>();
        acl.put("user:", letters(inode.mode() >> 6 & 7));
        acl.put("group:", letters(inode.mode() >> 3 & 7));
        acl.put("other:", letters(inode.mode() & 7));
        if (!mode.equals("--set") && !mode.equals("-b")) {
            for (String entry : inode.acl()) {
                int split = entry.lastIndexOf(':');
                boolean isDefault = entry.startsWith("default:");
                if (!(isDefault && mode.equals("-k"))) {
                    acl.put(entry.substring(0, split), entry.substring(split + 1));
                }
            }
        }
        return acl;
    }

    /** {@code g:1000:rwx} and {@code d:g:1000:rwx} in full words. */
    private static String spelledOut(String entry, boolean removal) {
        String rest = entry;
        String prefix = "";
        if (rest.startsWith("d:") || rest.startsWith("default:")) {
            prefix = "default:";
            rest = rest.substring(rest.indexOf(':') + 1);
        }
        String[] parts = rest.split(":", -1);
        String kind = switch (parts[0]) {
            case "u", "user" -> "user";
            case "g", "group" -> "group";
            case "o", "other" -> "other";
            case "m", "mask" -> "mask";
            default -> "";
        };
        if (kind.isEmpty() || parts.length < (removal ? 1 : 2)) {
            return "";
        }
        if (removal) {
            return prefix + kind + ":" + (parts.length > 1 ? parts[1] : "");
        }
        String who = parts.length > 2 ? parts[1] : "";
        String rights = parts[parts.length - 1];
        if (!who.matches("\\d*") || !rights.matches("[rwxX-]{0,3}|[0-7]")) {
            return "";
        }
        return prefix + kind + ":" + who + ":" + ordered(rights);
    }

    private static String ordered(String rights) {
        if (rights.matches("[0-7]")) {
            return letters(Integer.parseInt(rights));
        }
        return (rights.contains("r") ? "r" : "-")
                + (rights.contains("w") ? "w" : "-")
                + (rights.matches(".*[xX].*") ? "x" : "-");
    }

    static String letters(int bits) {
        return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + ((bits & 1) != 0 ? "x" : "-");
    }

    /**
     * Base entries become mode bits; base entries of a default ACL are made where setfacl makes them, and so are masks, unless one was
     * given.
     */
    private static Inode with(Inode inode, Map<String, String> acl, Set<String> given) {
        completeDefault(acl, given);
        boolean named = acl.keySet().stream().anyMatch(key -> key.matches("(user|group):\\d+"));
        boolean touched = given.stream().anyMatch(key -> !key.startsWith("default:"));
        if (named && touched && !given.contains("mask:")) {
            acl.put("mask:", union(acl, ""));
        }
        int group = bits(acl.getOrDefault("mask:", acl.getOrDefault("group:", "---")));
        int mode = (inode.mode() & 07000) | (bits(acl.get("user:")) << 6) | (group << 3) | bits(acl.get("other:"));
        List<String> kept = new ArrayList<>();
        acl.forEach((key, rights) -> {
            boolean unmasked = key.equals("group:") && !acl.containsKey("mask:");
            boolean base = key.equals("user:") || key.equals("other:") || unmasked;
            if (!base) {
                kept.add(key + ":" + rights);
            }
        });
        kept.sort(Comparator.naturalOrder());
        return inode.withMode(mode).withAcl(kept);
    }

    private static void completeDefault(Map<String, String> acl, Set<String> given) {
        if (acl.keySet().stream().noneMatch(key -> key.startsWith("default:"))) {
            return;
        }
        for (String base : List.of("user:", "group:", "other:")) {
            acl.putIfAbsent("default:" + base, acl.getOrDefault(base, "---"));
        }
        if (!given.contains("default:mask:")
                && acl.keySet().stream().anyMatch(key -> key.matches("default:(user|group):\\d+"))) {
            acl.put("default:mask:", union(acl, "default:"));
        }
    }

    private static String union(Map<String, String> acl, String prefix) {
        int bits = 0;
        for (var entry : acl.entrySet()) {
            if (entry.getKey().matches(prefix + "(user:\\d+|group:\\d*)")) {
                bits |= bits(entry.getValue());
            }
        }
        return letters(bits);
    }

    static int bits(@org.jspecify.annotations.Nullable String rights) {
        String text = rights == null ? "---" : rights;
        return (text.contains("r") ? 4 : 0) | (text.contains("w") ? 2 : 0) | (text.contains("x") ? 1 : 0);
    }
}
