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
                call.out("# owner: " + (numbers ? inode.uid() : Named.user(call.world(), inode.uid())));
                call.out("# group: " + (numbers ? inode.gid() : Named.group(call.world(), inode.gid())));
                if ((inode.mode() & 07000) != 0) {
                    call.out("# flags: " + ((inode.mode() & 04000) != 0 ? "s" : "-")
                            + ((inode.mode() & 02000) != 0 ? "s" : "-") + ((inode.mode() & 01000) != 0 ? "t" : "-"));
                }
            }
            entries(inode).forEach(entry -> call.out(numbers ? entry : Named.byName(call.world(), entry)));
            call.out("");
        }
        return exit;
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
