package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code cp}: one file to one name. */
final class Cp implements Program {

    private static final int NEW = 0644;

    @Override
    public int run(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.equals("--")).toList();
        if (words.size() != 2 || words.getFirst().startsWith("-")) {
            return call.fail(1, "cp: the simulated host copies one file to one name");
        }
        String from = words.getFirst();
        String to = words.getLast();
        Inode file = call.world().disk().follow(from);
        if (file == null || file.kind() != Inode.Kind.FILE) {
            return call.fail(1, "cp: cannot stat '" + from + "': No such file or directory");
        }
        String refusal = call.world().disk().refusal(to);
        if (refusal != null) {
            return call.fail(1, "cp: cannot create regular file '" + to + "': " + refusal);
        }
        call.world().disk().write(to, file.content(), NEW);
        return 0;
    }
}
