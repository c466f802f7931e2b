package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;

/** {@code zfs mount} and {@code zfs unmount}. */
final class ZfsMount {

    private ZfsMount() {}

    static int mount(Call call, List<String> words) {
        Zfs zfs = call.world().zfs();
        if (words.size() == 1 && words.getFirst().equals("-a")) {
            zfs.all().keySet().stream()
                    .filter(name -> zfs.get(name, "canmount").value().equals("on"))
                    .toList()
                    .forEach(zfs::mount);
            return 0;
        }
        if (words.size() != 1) {
            return ZfsProgram.usage(
                    call, "missing dataset argument", "mount [-flvO] [-o opts] <-a|-R filesystem|filesystem>");
        }
        String name = words.getFirst();
        Zdataset dataset = zfs.get(name);
        if (dataset == null) {
            return call.fail(1, "cannot open '" + name + "': dataset does not exist");
        }
        if (dataset.mounted()) {
            return call.fail(1, "cannot mount '" + name + "': filesystem already mounted");
        }
        if (zfs.get(name, "canmount").value().equals("off")) {
            return call.fail(1, "cannot mount '" + name + "': 'canmount' property is set to 'off'");
        }
        return zfs.mount(name)
                ? 0
                : call.fail(
                        1,
                        "cannot mount '" + name + "': "
                                + (zfs.mountpoint(name).equals("legacy") ? "legacy mountpoint" : "no mountpoint set"));
    }

    static int unmount(Call call, List<String> words) {
        Options options = new Options(words, "fu");
        if (options.problem() != null || options.operands().size() != 1) {
            return ZfsProgram.usage(call, "missing filesystem argument", "unmount [-fu] <-a | filesystem|mountpoint>");
        }
        String name = options.operands().getFirst();
        Zfs zfs = call.world().zfs();
        Zdataset dataset = zfs.get(name);
        if (dataset == null) {
            return call.fail(1, "cannot open '" + name + "': dataset does not exist");
        }
        if (!dataset.mounted()) {
            return call.fail(1, "cannot unmount '" + name + "': not currently mounted");
        }
        String inUse = ZfsInUse.complaint(call, name);
        if (inUse != null) {
            return call.fail(1, inUse);
        }
        if (call.world().fact("busy." + name) != null) {
            return call.fail(1, "cannot unmount '" + zfs.mountpoint(name) + "': pool or dataset is busy");
        }
        zfs.tree(name, false).reversed().forEach(each -> zfs.unmount(each.name()));
        return 0;
    }
}
