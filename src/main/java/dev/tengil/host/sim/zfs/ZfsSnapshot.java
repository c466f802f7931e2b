package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code zfs snapshot}. */
final class ZfsSnapshot {

    private static final String USAGE =
            "usage:\n\tsnapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ...";

    private ZfsSnapshot() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "ro:");
        if (options.problem() != null || options.operands().isEmpty()) {
            String problem = options.problem() != null ? options.problem() : "missing snapshot argument";
            return ZfsProgram.usage(
                    call, problem, "snapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ...");
        }
        Zfs zfs = call.world().zfs();
        List<String> fresh = new ArrayList<>();
        for (String name : options.operands()) {
            int at = name.indexOf('@');
            if (at < 0) {
                return call.fail(2, USAGE);
            }
            String dataset = name.substring(0, at);
            if (!zfs.exists(dataset)) {
                return call.fail(2, "cannot open '" + dataset + "': dataset does not exist\n" + USAGE);
            }
            if (name.indexOf('/', at) >= 0) {
                return call.fail(1, "cannot create snapshot '" + name + "': trailing slash in name");
            }
            if (fresh.stream().anyMatch(other -> other.startsWith(dataset + "@"))) {
                call.err("cannot create snapshots : multiple snapshots of same fs not allowed");
                return call.fail(1, "no snapshots were created");
            }
            List<Zdataset> of = options.has('r') ? zfs.tree(dataset, false) : List.of();
            fresh.add(name);
            of.stream().skip(1).forEach(each -> fresh.add(each.name() + name.substring(at)));
        }
        for (String name : fresh) {
            if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
                return call.fail(1, "cannot create snapshots : pool is read-only");
            }
            if (zfs.exists(name)) {
                return call.fail(1, "cannot create snapshot '" + name + "': dataset already exists");
            }
        }
        fresh.forEach(name -> zfs.create(name, "snapshot", new TreeMap<>(), false));
        return 0;
    }
}
