package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code rm [-f] PATH…}; directories are refused, as tengil never removes one. */
final class Rm implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown("-f", "--force");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("rm", unknown));
        }
        Disk disk = call.world().disk();
        int exit = 0;
        for (String path : words.operands()) {
            Inode inode = disk.get(path);
            if (inode == null) {
                if (!words.has("-f", "--force")) {
                    exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": No such file or directory");
                }
            } else if (inode.kind() == Inode.Kind.DIRECTORY) {
                exit = call.fail(1, "rm: cannot remove " + Words.quoted(path) + ": Is a directory");
            } else {
                disk.remove(path);
            }
        }
        return exit;
    }
}
