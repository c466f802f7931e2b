package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        if (dataset.type().equals("volume")) {
            return call.fail(1, "cannot open '" + name + "': operation not applicable to datasets of this type");
        }
        if (dataset.mounted()) {
            return call.fail(1, "cannot mount '" + name + "': filesystem already mounted");
        }
        if (zfs.get(name, "canmount").value().equals("off")) {
            return call.fail(1, "cannot mount '" + name + "': 'canmount' property is set to 'off'");
        }
        String mountpoint = zfs.mountpoint(name);
        if (mountpoint.equals("legacy")) {
            call.err("cannot mount '" + name + "': legacy mountpoint");
            return call.fail(1, "use mount(8) to mount this filesystem");
        }
        if (!mountpoint.startsWith("/")) {
            return call.fail(1, "cannot mount '" + name + "': no mountpoint set");
        }
        if (zfs.isLocked(name)) {
            return call.fail(1, "cannot mount '" + name + "': encryption key not loaded");
        }
        if (!zfs.isCovering(name)) {
            return call.fail(1, "cannot mount '" + mountpoint + "': directory is not empty");
        }
        zfs.mount(name);
        return 0;
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
        if (dataset.type().equals("volume")) {
            return call.fail(1, "cannot open '" + name + "': operation not applicable to datasets of this type");
        }
        if (zfs.mountpoint(name).equals("legacy")) {
            call.err("cannot unmount '" + name + "': legacy mountpoint");
            return call.fail(1, "use umount(8) to unmount this filesystem");
        }
        if (!dataset.mounted()) {
            return call.fail(1, "cannot unmount '" + name + "': not currently mounted");
        }
        String problem = problem(zfs, zfs.tree(name, false));
        if (problem != null) {
            return call.fail(1, problem);
        }
        zfs.tree(name, false).reversed().forEach(each -> zfs.unmount(each.name()));
        return 0;
    }

    /** Why these cannot all be unmounted; null when they can. */
    static @Nullable String problem(Zfs zfs, List<Zdataset> datasets) {
        for (Zdataset each : datasets.reversed()) {
            if (zfs.isCovered(each.name())) {
                return "cannot unmount '" + zfs.mountpoint(each.name()) + "': no such pool or dataset";
            }
            if (each.mounted() && zfs.isBusy(each.name())) {
                return "cannot unmount '" + zfs.mountpoint(each.name()) + "': pool or dataset is busy";
            }
        }
        return null;
    }
}
