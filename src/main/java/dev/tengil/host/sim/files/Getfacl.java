package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;

/** {@code getfacl}, numeric; prints a block per path as the real one does. */
final class Getfacl implements Program {

    private static final List<String> ORDER = List.of(
            "user::",
            "user:",
            "group::",
            "group:",
            "mask:",
            "other:",
            "default:user::",
            "default:user:",
            "default:group::",
            "default:group:",
            "default:mask:",
            "default:other:");

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown(
                "-n",
                "--numeric",
                "-p",
                "--absolute-names",
                "-c",
                "--omit-header",
                "-np",
                "-pn",
                "-cnp",
                "-ncp",
                "-npc",
                "-E",
                "--no-effective",
                "-s",
                "--skip-base");
        if (!unknown.isEmpty()) {
            return call.fail(2, "getfacl: unrecognized option '" + unknown + "'");
        }
        boolean header = words.options().stream()
                .noneMatch(o -> o.equals("--omit-header") || (!o.startsWith("--") && o.contains("c")));
        boolean skipBase = words.has("-s", "--skip-base");
        boolean numbers = words.options().stream()
                .anyMatch(o -> o.equals("--numeric") || (!o.startsWith("--") && o.contains("n")));
        boolean whole = words.options().stream()
                .anyMatch(o -> o.equals("--absolute-names") || (!o.startsWith("--") && o.contains("p")));
        boolean told = whole;
        int exit = 0;
        for (String path : words.operands()) {
            Inode inode = call.world().disk().follow(path);
            if (inode == null) {
                exit = call.fail(1, "getfacl: " + path + ": No such file or directory");
                continue;
            }
            if (skipBase && inode.acl().isEmpty()) {
                continue;
            }
            if (!told && path.startsWith("/")) {
                call.err("getfacl: Removing leading '/' from absolute path names");
                told = true;
            }
            if (header) {
                call.out("# file: " + (whole ? path : path.substring(1)));
                call.out("# owner: " + (numbers ? unsigned(inode.uid()) : Named.user(call.world(), inode.uid())));
                call.out("# group: " + (numbers ? unsigned(inode.gid()) : Named.group(call.world(), inode.gid())));
                if ((inode.mode() & 07000) != 0) {
                    call.out("# flags: " + ((inode.mode() & 04000) != 0 ? "s" : "-")
                            + ((inode.mode() & 02000) != 0 ? "s" : "-") + ((inode.mode() & 01000) != 0 ? "t" : "-"));
                }
            }
            List<String> entries = entries(inode);
            entries.forEach(entry ->
                    call.out((numbers ? entry : Named.byName(call.world(), entry)) + effective(entry, entries)));
            call.out("");
        }
        return exit;
    }

    private static String unsigned(int id) {
        return Integer.toUnsignedString(id);
    }

    /** What the mask leaves of an entry, where that is less. */
    private static String effective(String entry, List<String> all) {
        String list = entry.startsWith("default:") ? "default:" : "";
        String plain = entry.substring(list.length());
        boolean masked = !plain.startsWith("user::") && !plain.startsWith("other:") && !plain.startsWith("mask:");
        String mask = all.stream()
                .filter(each -> each.startsWith(list + "mask::"))
                .findFirst()
                .orElse("rwx");
        int rights = Setfacl.bits(entry.substring(entry.length() - 3));
        int left = rights & Setfacl.bits(mask.substring(mask.length() - 3));
        return masked && left != rights ? "\t#effective:" + Setfacl.letters(left) : "";
    }

    private static List<String> entries(Inode inode) {
        List<String> all = new ArrayList<>(inode.acl());
        all.add("user::" + Setfacl.letters(inode.mode() >> 6 & 7));
        if (all.stream().noneMatch(entry -> entry.startsWith("group::"))) {
            all.add("group::" + Setfacl.letters(inode.mode() >> 3 & 7));
        }
        all.add("other::" + Setfacl.letters(inode.mode() & 7));
        List<String> ordered = new ArrayList<>();
        for (String start : ORDER) {
            all.stream()
                    .filter(entry -> entry.startsWith(start) && !ordered.contains(entry))
                    .filter(entry -> start.endsWith("::")
                            || !entry.startsWith(start + ":")
                            || start.contains("mask")
                            || start.contains("other"))
                    .sorted()
                    .forEach(ordered::add);
        }
        return ordered;
    }
}
