package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Zfs;
import java.util.Map;

/** Moves a volume to another storage, or to another container (pve-container API2/LXC.pm, move_volume). */
public final class GuestMove {

    private final Proxmox pve;
    private final int vmid;

    public GuestMove(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /**
     * @param key rootfs, mpN or unusedN
     * @param options storage, or target-vmid and target-volume; delete, digest and target-digest
     */
    public Tasks.Task run(String key, Map<String, String> options) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        checkDigest(vmid, options.getOrDefault("digest", ""));
        String storage = options.get("storage");
        String target = options.get("target-vmid");
        if ((storage == null) == (target == null)) {
            throw PveFailure.parameter(
                    storage == null ? "storage" : "target-vmid", "either set storage or target-vmid, but not both");
        }
        String text = config.current().get(key);
        if (text == null) {
            throw PveFailure.of("volume '" + key + "' does not exist");
        }
        String named = key.startsWith("unused") ? text : MountString.read(text).getOrDefault("volume", "");
        if (!(Volume.parse(named) instanceof Volume.Stored volume)) {
            throw PveFailure.of("'" + key + "' is not a volume, cannot be moved");
        }
        if (pve.guests().isRunning(vmid) && !key.startsWith("unused")) {
            throw PveFailure.of("cannot move volumes of a running container");
        }
        return target == null
                ? toStorage(config, key, volume, String.valueOf(storage), options)
                : toContainer(config, key, volume, Integer.parseInt(target), options);
    }

    private void checkDigest(int guest, String digest) {
        if (!digest.isEmpty() && !digest.equals(pve.guests().text(guest).digest("SHA-1"))) {
            throw PveFailure.of("detected modified configuration - file changed by other user? Try again.");
        }
    }

    private Tasks.Task toStorage(
            GuestConfig config, String key, Volume.Stored volume, String storage, Map<String, String> options) {
        if (key.startsWith("unused")) {
            throw PveFailure.of(
                    "cannot move volume '" + key + "', only configured volumes can be moved to another storage");
        }
        boolean delete = options.getOrDefault("delete", "0").equals("1");
        if (delete && inSnapshot(config, volume)) {
            throw PveFailure.of("you can't move a volume with snapshots and delete the source");
        }
        pve.storages().forContainers(storage);
        return pve.tasks().run("move_volume", Integer.toString(vmid), log -> {
            Volumes volumes = new Volumes(pve);
            Map<String, String> values = MountString.read(config.current().get(key, ""));
            long size = Sizes.parse(values.getOrDefault("size", "8G"));
            Volume.Stored fresh = volumes.allocate(
                    new Volume.New(storage, size), vmid, config.current().isOn("unprivileged"), log::line);
            String from = volumes.path(volume);
            String to = volumes.path(fresh);
            if (from != null && to != null) {
                GuestClone.copy(pve.world().disk(), from, to);
            }
            Section before = config.current().copy();
            config.current().set(key, MountString.print(MountString.allocated(values, fresh, size)));
            if (key.equals("rootfs")) {
                Contents.copy(pve, before, config.current());
            }
            if (delete) {
                volumes.free(volume);
            } else {
                PendingChanges.keepAsUnused(config.current(), volume);
            }
            pve.guests().save(vmid, config);
        });
    }

    private static boolean inSnapshot(GuestConfig config, Volume.Stored volume) {
        return config.snapshots().values().stream()
                .flatMap(section -> Mounts.of(section).stream())
                .anyMatch(mount -> mount.volume().equals(volume));
    }

    private Tasks.Task toContainer(
            GuestConfig config, String key, Volume.Stored volume, int target, Map<String, String> options) {
        String wanted = options.getOrDefault("target-volume", key);
        if (target == vmid) {
            throw PveFailure.parameter(
                    "target-vmid", "must be different than source VMID to move disk to another container");
        }
        if (key.equals("rootfs") || wanted.equals("rootfs")) {
            throw PveFailure.of("Cannot reassign a volume to or from the root disk");
        }
        GuestConfig other = pve.guests().loadUnlocked(target);
        checkDigest(target, options.getOrDefault("target-digest", ""));
        if (config.current().isOn("template") || other.current().isOn("template")) {
            throw PveFailure.of("Reassigning volumes from or to templates is not supported");
        }
        if (key.startsWith("unused") && !wanted.startsWith("unused")) {
            throw PveFailure.of("Can't reassign an unused volume to a used mount point");
        }
        if (other.current().get(wanted) != null) {
            throw PveFailure.of("Target volume key '" + wanted + "' is already in use for container '" + target + "'");
        }
        if (inSnapshot(config, volume)) {
            throw PveFailure.of("Can't reassign volume that is in use by snapshots");
        }
        Storage storage = pve.storages().get(volume.storage());
        if (!storage.isZfs()) {
            throw PveFailure.of("Storage '" + storage.id() + "' does not support renaming of volumes");
        }
        String id = vmid + "-" + key + ">" + target + "-" + wanted;
        return pve.tasks().run("move_volume", id, log -> {
            Zfs zfs = pve.world().zfs();
            int number = 0;
            while (zfs.exists(storage.pool() + "/subvol-" + target + "-disk-" + number)) {
                number++;
            }
            Volume.Stored renamed = new Volume.Stored(storage.id(), "subvol-" + target + "-disk-" + number);
            log.line("moving volume '" + key + "' to container '" + target + "'");
            zfs.rename(storage.pool() + "/" + volume.name(), storage.pool() + "/" + renamed.name());
            String text = config.current().get(key, "");
            config.current().remove(key);
            other.current()
                    .set(
                            wanted,
                            wanted.startsWith("unused") || key.startsWith("unused")
                                    ? renamed.id()
                                    : text.replace(volume.id(), renamed.id()));
            pve.guests().save(vmid, config);
            pve.guests().save(target, other);
        });
    }
}
