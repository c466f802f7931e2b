package dev.tengil.host.sim.files;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.Arrays;
import java.util.List;

/** {@code tail -n N -- FILE}, and {@code tail -c +N -- FILE} from the Nth byte on. */
final class Tail implements Program {

    @Override
    public int run(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.equals("--")).toList();
        boolean bytes = words.size() == 3
                && words.getFirst().equals("-c")
                && words.get(1).matches("\\+\\d{1,9}");
        boolean lined = words.size() == 3
                && words.getFirst().equals("-n")
                && words.get(1).matches("\\d{1,6}");
        if (!bytes && !lined) {
            return call.fail(1, "tail: the simulated host knows tail only as tail -n N FILE and tail -c +N FILE");
        }
        Inode file = call.world().disk().follow(words.getLast());
        if (file == null || file.kind() != Inode.Kind.FILE) {
            return call.fail(1, "tail: cannot open '" + words.getLast() + "' for reading: No such file or directory");
        }
        if (bytes) {
            int from = Math.max(0, Integer.parseInt(words.get(1).substring(1)) - 1);
            byte[] all = file.content().toArray();
            call.print(Bytes.of(Arrays.copyOfRange(all, Math.min(from, all.length), all.length))
                    .text());
            return 0;
        }
        List<String> lines = file.content().text().lines().toList();
        lines.subList(Math.max(0, lines.size() - Integer.parseInt(words.get(1))), lines.size())
                .forEach(call::out);
        return 0;
    }
}
