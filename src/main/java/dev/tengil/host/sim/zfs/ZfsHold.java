package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Table;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs hold} and {@code zfs release}: a snapshot with a tag on it cannot be destroyed. */
final class ZfsHold {

    private ZfsHold() {}

    static int hold(Call call, List<String> words) {
        return tag(call, words, true);
    }

    static int release(Call call, List<String> words) {
        return tag(call, words, false);
    }

    private static int tag(Call call, List<String> words, boolean hold) {
        if (words.size() != 2) {
            return ZfsProgram.usage(call, "missing tag argument", (hold ? "hold" : "release") + " <tag> <snapshot>");
        }
        String tag = words.get(0);
        String name = words.get(1);
        Zfs zfs = call.world().zfs();
        Zdataset snapshot = zfs.get(name);
        if (snapshot == null) {
            return call.fail(1, "cannot open '" + name + "': dataset does not exist");
        }
        // Names change; the guid is the snapshot's own.
        Table<String> tags = call.world().texts("holds");
        String key = snapshot.guid() + "\t" + tag;
        if (hold == tags.contains(key)) {
            return call.fail(
                    1,
                    hold
                            ? "cannot hold snapshot '" + name + "': tag already exists on this dataset"
                            : "cannot release hold from snapshot '" + name + "': no such tag on this dataset");
        }
        int count = Integer.parseInt(snapshot.properties().getOrDefault("userrefs", "0"));
        if (hold) {
            tags.put(key, name);
        } else {
            tags.remove(key);
        }
        zfs.set(name, "userrefs", Integer.toString(hold ? count + 1 : count - 1));
        return 0;
    }
}
