package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs rollback}. */
final class ZfsRollback {

    private ZfsRollback() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "rRf");
        if (options.problem() != null || options.operands().size() != 1) {
            String problem = options.problem() != null ? options.problem() : "missing dataset argument";
            return ZfsProgram.usage(call, problem, "rollback [-rRf] <snapshot>");
        }
        String snapshot = options.operands().getFirst();
        Zfs zfs = call.world().zfs();
        if (!snapshot.contains("@") || !zfs.exists(snapshot)) {
            return call.fail(1, "cannot open '" + snapshot + "': dataset does not exist");
        }
        List<String> later = zfs.laterSnapshots(snapshot);
        if (!later.isEmpty() && !options.has('r') && !options.has('R')) {
            call.err("cannot rollback to '" + snapshot + "': more recent snapshots or bookmarks exist");
            call.err("use '-r' to force deletion of the following snapshots and bookmarks:");
            later.forEach(call::err);
            return 1;
        }
        String name = snapshot.substring(0, snapshot.indexOf('@'));
        Zdataset dataset = zfs.get(name);
        if (dataset != null && dataset.mounted() && call.world().texts("open").contains(name)) {
            return call.fail(1, "cannot unmount '" + zfs.mountpoint(name) + "': pool or dataset is busy");
        }
        later.forEach(zfs::destroy);
        zfs.rollback(snapshot);
        return 0;
    }
}
