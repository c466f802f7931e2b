package dev.tengil.host.sim.files;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code dd of=FILE oflag=append,nofollow conv=notrunc,fsync status=none}: how a journal grows. */
final class Dd implements Program {

    @Override
    public int run(Call call) {
        String file = "";
        boolean append = false;
        boolean follows = false;
        for (String word : call.arguments()) {
            if (word.startsWith("of=")) {
                file = word.substring("of=".length());
            } else if (word.equals("oflag=append") || word.equals("oflag=append,nofollow")) {
                append = true;
                follows = word.equals("oflag=append");
            } else if (!word.startsWith("conv=") && !word.equals("status=none")) {
                return call.fail(
                        1,
                        "dd: unrecognized operand " + Words.quoted(word) + "\nTry 'dd --help' for more information.");
            }
        }
        if (file.isEmpty() || !append) {
            return call.fail(1, "dd: the simulated host knows dd only for appending to a file");
        }
        String parent = file.substring(0, Math.max(1, file.lastIndexOf('/')));
        if (call.world().disk().follow(parent) == null) {
            return call.fail(1, "dd: failed to open " + Words.quoted(file) + ": No such file or directory");
        }
        String refusal = call.world().disk().refusal(file);
        if (refusal != null) {
            boolean there = call.world().disk().follow(file) != null;
            return call.fail(
                    1, "dd: " + (there ? "error writing " : "failed to open ") + Words.quoted(file) + ": " + refusal);
        }
        Inode before =
                follows ? call.world().disk().follow(file) : call.world().disk().get(file);
        if (before != null && before.kind() == Inode.Kind.SYMLINK) {
            return call.fail(1, "dd: failed to open " + Words.quoted(file) + ": Too many levels of symbolic links");
        }
        String grown =
                (before == null ? "" : before.content().latin1()) + call.stdin().latin1();
        call.world().disk().write(file, Bytes.latin1(grown), 0644);
        return 0;
    }
}
