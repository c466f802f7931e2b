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
        if (zfs.exists(to)) {
            return call.fail(1, "cannot rename '" + from + "': dataset already exists");
        }
        if (!zfs.exists(Zfs.parent(to))) {
            return call.fail(1, "cannot create '" + to + "': parent does not exist");
        }
        String inUse = ZfsInUse.complaint(call, from);
        if (inUse != null) {
            return call.fail(1, inUse);
        }
        zfs.rename(from, to);
        return 0;
    }
}
