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
            String problem = words.operands().isEmpty()
                    ? "missing file operand"
                    : words.operands().size() == 1
                            ? "missing destination file operand after "
                                    + Words.quoted(words.operands().getFirst())
                            : "the simulated host moves one file at a time";
            return call.fail(1, "mv: " + problem + "\nTry 'mv --help' for more information.");
        }
        Disk disk = call.world().disk();
        String from = words.operands().get(0);
        String to = words.operands().get(1);
        Inode moved = disk.get(from);
        if (moved == null) {
            return call.fail(1, "mv: cannot stat " + Words.quoted(from) + ": No such file or directory");
        }
        Inode target = disk.follow(to);
        if (target != null && target.kind() == Inode.Kind.DIRECTORY && !words.has("-T", "--no-target-directory")) {
            to = to + from.substring(from.lastIndexOf('/'));
        }
        if (words.has("-n") && disk.get(to) != null) {
            return 0;
        }
        String cannotMove = "mv: cannot move " + Words.quoted(from) + " to " + Words.quoted(to) + ": ";
        String refusal = disk.refusal(to);
        if (refusal != null) {
            return call.fail(1, cannotMove + refusal);
        }
        Inode there = disk.get(to);
        if (there != null && there.kind() == Inode.Kind.DIRECTORY) {
            if (moved.kind() != Inode.Kind.DIRECTORY) {
                return call.fail(
                        1,
                        "mv: cannot overwrite directory " + Words.quoted(to) + " with non-directory "
                                + Words.quoted(from));
            }
            if (!disk.list(to).isEmpty()) {
                return call.fail(1, "mv: cannot overwrite " + Words.quoted(to) + ": Directory not empty");
            }
        }
        disk.rename(from, to);
        return 0;
    }
}
