package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs clone}. */
final class ZfsClone {

    private ZfsClone() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "po:");
        if (options.problem() != null || options.operands().size() != 2) {
            String problem = options.problem() != null ? options.problem() : "missing target dataset argument";
            return ZfsProgram.usage(call, problem, "clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>");
        }
        String snapshot = options.operands().getFirst();
        String name = options.operands().getLast();
        Zfs zfs = call.world().zfs();
        if (!zfs.exists(snapshot) || snapshot.indexOf('@') < 0) {
            return call.fail(1, "cannot open '" + snapshot + "': dataset does not exist");
        }
        if (zfs.exists(name)) {
            return call.fail(1, "cannot create '" + name + "': dataset already exists");
        }
        if (!zfs.exists(Zfs.parent(name))) {
            return call.fail(1, "cannot create '" + name + "': parent does not exist");
        }
        zfs.clone(snapshot, name);
        options.values('o')
                .forEach(each ->
                        zfs.set(name, each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
        return 0;
    }
}
