package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code readlink [-f|-e|-m] PATH…}. */
final class Readlink implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown("-f", "--canonicalize", "-e", "--canonicalize-existing", "-m", "-n");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("readlink", unknown));
        }
        if (words.operands().isEmpty()) {
            return call.fail(1, "readlink: missing operand\nTry 'readlink --help' for more information.");
        }
        Disk disk = call.world().disk();
        int exit = 0;
        for (String path : words.operands()) {
            Inode inode = disk.get(path);
            if (words.has("-f", "--canonicalize", "-e", "--canonicalize-existing", "-m")) {
                String real = disk.real(path, true);
                String needed = words.has("-e", "--canonicalize-existing") ? real : Words.parent(real);
                if (!words.has("-m") && disk.follow(needed) == null) {
                    exit = 1;
                } else {
                    call.out(real);
                }
            } else if (inode == null || inode.kind() != Inode.Kind.SYMLINK) {
                exit = 1;
            } else {
                call.out(inode.content().text());
            }
        }
        return exit;
    }
}
