package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Programs;
import java.util.List;

/** What the shell text of {@link dev.tengil.host.MakeDirectory} does, with its four parameters. */
final class Descent {

    private Descent() {}

    static int run(Call call, Programs programs, List<String> parameters) {
        String top = parameters.get(0);
        if (call.world().disk().follow(top) == null) {
            return call.fail(2, "tengil-make-directory: 3: cd: can't cd to " + top);
        }
        String at = call.world().disk().real(top, true);
        for (String name : parameters.get(1).split("/", -1)) {
            at = (at.equals("/") ? "" : at) + "/" + name;
            Inode there = call.world().disk().get(at);
            if (there != null && there.kind() == Inode.Kind.SYMLINK) {
                return call.fail(1, "mkdir: " + at + " is a symbolic link, which is not followed");
            }
            if (there == null || there.kind() != Inode.Kind.DIRECTORY) {
                int made = call.exec(programs, List.of("mkdir", "--", at), call.stdin());
                if (made != 0) {
                    return made;
                }
            }
        }
        String owner = parameters.get(2);
        int exit = owner.isEmpty() ? 0 : call.exec(programs, List.of("chown", "--", owner, at), call.stdin());
        String mode = parameters.get(3);
        return exit != 0 || mode.isEmpty() ? exit : call.exec(programs, List.of("chmod", "--", mode, at), call.stdin());
    }
}
