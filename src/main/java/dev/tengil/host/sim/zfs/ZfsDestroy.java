package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs destroy}. */
final class ZfsDestroy {

    private ZfsDestroy() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "fnpRrv");
        if (options.problem() != null || options.operands().size() != 1) {
            String problem = options.problem() != null ? options.problem() : "missing dataset argument";
            return ZfsProgram.usage(call, problem, "destroy [-fnpRrv] <filesystem|volume>");
        }
        String name = options.operands().getFirst();
        Zfs zfs = call.world().zfs();
        if (!zfs.exists(name)) {
            return call.fail(
                    1,
                    name.contains("@")
                            ? "could not find any snapshots to destroy; check snapshot names."
                            : "cannot open '" + name + "': dataset does not exist");
        }
        List<Zdataset> tree = zfs.tree(name, true);
        boolean deep = options.has('r') || options.has('R');
        if (tree.size() > 1 && !deep) {
            call.err("cannot destroy '" + name + "': filesystem has children");
            call.err("use '-r' to destroy the following datasets:");
            tree.reversed().stream().limit(tree.size() - 1L).forEach(each -> call.err(each.name()));
            return 1;
        }
        String inUse = ZfsInUse.complaint(call, name);
        if (inUse != null && !options.has('n')) {
            return call.fail(1, inUse);
        }
        for (Zdataset each : tree) {
            boolean bound = call.world().texts("bound").contains(each.guid());
            if (bound || call.world().fact("busy." + each.name()) != null) {
                // As the real one: what was asked for is left unmounted, though not destroyed.
                zfs.unmount(each.name());
                return call.fail(1, "cannot destroy '" + each.name() + "': dataset is busy");
            }
        }
        for (Zdataset each : tree.reversed()) {
            if (options.has('v')) {
                call.out(options.has('p') ? "destroy\t" + each.name() : "will destroy " + each.name());
            }
            if (!options.has('n')) {
                zfs.destroy(each.name());
            }
        }
        return 0;
    }
}
