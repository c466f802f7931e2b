package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import org.jspecify.annotations.Nullable;

/** {@code rmdir PATH…}: a directory that holds nothing and is nobody's mountpoint. */
final class Rmdir implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        if (!words.options().isEmpty()) {
            return call.fail(1, Words.complaint("rmdir", words.options().getFirst()));
        }
        if (words.operands().isEmpty()) {
            return call.fail(1, "rmdir: missing operand\nTry 'rmdir --help' for more information.");
        }
        int exit = 0;
        for (String path : words.operands()) {
            String problem = problem(call.world().disk(), path);
            if (problem == null) {
                call.world().disk().remove(path);
            } else {
                exit = call.fail(1, "rmdir: failed to remove " + Words.quoted(path) + ": " + problem);
            }
        }
        return exit;
    }

    private static @Nullable String problem(Disk disk, String path) {
        Inode inode = disk.get(path);
        if (inode == null) {
            return "No such file or directory";
        }
        if (inode.kind() != Inode.Kind.DIRECTORY) {
            return "Not a directory";
        }
        if (disk.mounts().containsKey(disk.real(path, true))) {
            return "Device or resource busy";
        }
        return disk.list(path).isEmpty() ? null : "Directory not empty";
    }
}
