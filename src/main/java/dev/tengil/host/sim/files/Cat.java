package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;

/** {@code cat PATH…}. */
final class Cat implements Program {

    @Override
    public int run(Call call) {
        int exit = 0;
        for (String path : Words.of(call.arguments()).operands()) {
            Inode inode = call.world().disk().follow(path);
            if (inode == null) {
                exit = call.fail(1, "cat: " + path + ": No such file or directory");
            } else if (inode.kind() == Inode.Kind.DIRECTORY) {
                exit = call.fail(1, "cat: " + path + ": Is a directory");
            } else {
                call.print(inode.content().text());
            }
        }
        return exit;
    }
}
