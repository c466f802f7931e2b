package dev.tengil.host.sim.files;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code touch PATH…}. */
final class Touch implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        if (!words.options().isEmpty()) {
            return call.fail(1, Words.complaint("touch", words.options().getFirst()));
        }
        if (words.operands().isEmpty()) {
            return call.fail(1, "touch: missing file operand\nTry 'touch --help' for more information.");
        }
        Disk disk = call.world().disk();
        long now = call.world().now().getEpochSecond();
        int exit = 0;
        for (String path : words.operands()) {
            String real = disk.real(path, true);
            Inode inode = disk.get(real);
            String refusal = inode != null ? null : disk.refusal(real);
            if (refusal != null) {
                exit = call.fail(1, "touch: cannot touch " + Words.quoted(path) + ": " + refusal);
            } else if (inode == null) {
                disk.make(real, Inode.file(Bytes.EMPTY, 0644, 0, 0, now));
            } else {
                disk.put(real, inode.withModified(now));
            }
        }
        return exit;
    }
}
