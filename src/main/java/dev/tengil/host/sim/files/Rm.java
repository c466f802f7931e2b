package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code rm [-rf] PATH…}; what is in a mounted dataset goes, the mountpoint stays. */
final class Rm implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        for (String option : words.options()) {
            if (!option.matches("-[rRf]+|--force|--recursive")) {
                return call.fail(1, Words.complaint("rm", option));
            }
        }
        boolean force = words.options().stream().anyMatch(o -> o.equals("--force") || o.matches("-[rR]*f.*"));
        boolean deep = words.options().stream().anyMatch(o -> o.equals("--recursive") || o.matches("-f*[rR].*"));
        Disk disk = call.world().disk();
        int exit = 0;
        for (String path : words.operands()) {
            Inode inode = disk.get(path);
            if (inode == null) {
                if (!force) {
                    exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": No such file or directory");
                }
            } else if (inode.kind() == Inode.Kind.DIRECTORY && deep) {
                exit = Math.max(exit, tree(call, path));
            } else if (inode.kind() == Inode.Kind.DIRECTORY && !deep) {
                exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": Is a directory");
            } else {
                disk.remove(path);
            }
        }
        return exit;
    }

    /** What is in it goes, also through the mountpoints; these, and what they are in, stay. */
    private static int tree(Call call, String path) {
        Disk disk = call.world().disk();
        String real = disk.real(path, true);
        int exit = 0;
        for (String name : disk.list(real)) {
            String below = real + "/" + name;
            Inode inode = disk.get(below);
            if (inode != null && inode.kind() == Inode.Kind.DIRECTORY) {
                exit = Math.max(exit, tree(call, below));
            } else {
                disk.remove(below);
            }
        }
        if (disk.mounts().containsKey(real)) {
            return call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": Device or resource busy");
        }
        if (exit == 0) {
            disk.remove(real);
        }
        return exit;
    }
}
