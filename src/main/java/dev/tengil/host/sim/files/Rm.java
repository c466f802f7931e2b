package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code rm [-rf] PATH…}; what is mounted stays. */
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
            } else if (inode.kind() == Inode.Kind.DIRECTORY && deep && holdsMount(disk, path)) {
                exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": Device or resource busy");
            } else if (inode.kind() == Inode.Kind.DIRECTORY && !deep) {
                exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": Is a directory");
            } else {
                disk.remove(path);
            }
        }
        return exit;
    }

    private static boolean holdsMount(Disk disk, String path) {
        String real = disk.real(path, true);
        String next = disk.mounts().ceilingKey(real);
        return next != null && (next.equals(real) || next.startsWith(real + "/"));
    }
}
