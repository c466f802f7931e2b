package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import org.jspecify.annotations.Nullable;

/** Whether something of the host keeps a mounted dataset in use, an open file or a working directory: then it cannot be unmounted. */
final class ZfsInUse {

    private ZfsInUse() {}

    /** What zfs says when it has to unmount this dataset and those below it; null when it can. */
    static @Nullable String complaint(Call call, String name) {
        for (Zdataset each : call.world().zfs().tree(name, false)) {
            if (each.mounted() && call.world().texts("open").contains(each.name())) {
                return "cannot unmount '" + call.world().zfs().mountpoint(each.name()) + "': pool or dataset is busy";
            }
        }
        return null;
    }
}
