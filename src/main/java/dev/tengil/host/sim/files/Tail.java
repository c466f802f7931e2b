package dev.tengil.host.sim.files;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.List;

/** {@code tail -n N -- FILE}. */
final class Tail implements Program {

    @Override
    public int run(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.equals("--")).toList();
        if (words.size() != 3 || !words.getFirst().equals("-n") || !words.get(1).matches("\\d{1,6}")) {
            return call.fail(1, "tail: the simulated host knows tail only as tail -n N FILE");
        }
        Inode file = call.world().disk().follow(words.getLast());
        if (file == null || file.kind() != Inode.Kind.FILE) {
            return call.fail(1, "tail: cannot open '" + words.getLast() + "' for reading: No such file or directory");
        }
        List<String> lines = file.content().text().lines().toList();
        lines.subList(Math.max(0, lines.size() - Integer.parseInt(words.get(1))), lines.size())
                .forEach(call::out);
        return 0;
    }
}
