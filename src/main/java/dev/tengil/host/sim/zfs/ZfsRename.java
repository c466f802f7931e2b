package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs rename}. */
final class ZfsRename {

    private ZfsRename() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "fpru");
        if (options.problem() != null || options.operands().size() != 2) {
            String problem = options.problem() != null ? options.problem() : "missing target dataset argument";
            return ZfsProgram.usage(
                    call, problem, "rename [-f] <filesystem|volume|snapshot> <filesystem|volume|snapshot>");
        }
        String from = options.operands().get(0);
        String to = options.operands().get(1);
        Zfs zfs = call.world().zfs();
        if (!zfs.exists(from)) {
            return call.fail(1, "cannot open '" + from + "': dataset does not exist");
        }
        String wrong = ZfsCreate.wrongName(to);
        if (wrong != null) {
            return call.fail(1, "cannot rename to '" + to + "': " + wrong);
        }
        if (!zfs.exists(Zfs.pool(to))) {
            return call.fail(1, "cannot create '" + to + "': no such pool '" + Zfs.pool(to) + "'");
        }
        if (zfs.exists(to)) {
            return call.fail(1, "cannot rename '" + from + "': dataset already exists");
        }
        if (!zfs.exists(Zfs.parent(to))) {
            return call.fail(1, "cannot create '" + to + "': parent does not exist");
        }
        if ("on".equals(call.world().fact("pool." + Zfs.pool(from) + ".readonly"))) {
            return call.fail(1, "cannot rename '" + from + "': pool is read-only");
        }
        String stuck = ZfsMount.problem(zfs, zfs.tree(from, false));
        if (stuck != null) {
            return call.fail(1, stuck);
        }
        zfs.rename(from, to);
        return 0;
    }
}
