package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code mv [-f|-n|-T] FROM TO}. */
final class Mv implements Program {

    @Override
    public int run(Call call) {
        Words words = Words.of(call.arguments());
        String unknown = words.unknown("-f", "--force", "-n", "-T", "--no-target-directory");
        if (!unknown.isEmpty()) {
            return call.fail(1, Words.complaint("mv", unknown));
        }
        if (words.operands().size() != 2) {
            return call.fail(1, "mv: missing destination file operand\nTry 'mv --help' for more information.");
        }
        Disk disk = call.world().disk();
        String from = words.operands().get(0);
        String to = words.operands().get(1);
        if (disk.get(from) == null) {
            return call.fail(1, "mv: cannot stat " + Words.quoted(from) + ": No such file or directory");
        }
        Inode target = disk.follow(to);
        if (target != null && target.kind() == Inode.Kind.DIRECTORY && !words.has("-T", "--no-target-directory")) {
            to = to + from.substring(from.lastIndexOf('/'));
        }
        if (words.has("-n") && disk.get(to) != null) {
            return 0;
        }
        String parent = to.lastIndexOf('/') <= 0 ? "/" : to.substring(0, to.lastIndexOf('/'));
        if (disk.follow(parent) == null) {
            return call.fail(
                    1,
                    "mv: cannot move " + Words.quoted(from) + " to " + Words.quoted(to)
                            + ": No such file or directory");
        }
        disk.rename(from, to);
        return 0;
    }
}
