package dev.tengil.host.sim.pve.guest;

import org.jspecify.annotations.Nullable;

/** Volumes and templates addressed by volume id, as storage calls do it. */
public final class VolumeFiles {

    private VolumeFiles() {}

    /** Makes a volume of a given name, and gives its id. */
    public static String allocate(Proxmox pve, Storage storage, String name, long size) {
        if (!storage.isZfs()) {
            throw PveFailure.of("the simulated host allocates named volumes only on a zfspool");
        }
        Volume.Stored volume = new Volume.Stored(storage.id(), name);
        if (volume.owner() < 0) {
            throw PveFailure.of("illegal name '" + name + "' - should be 'subvol-*'");
        }
        Volumes volumes = new Volumes(pve);
        if (volumes.exists(volume)) {
            throw PveFailure.of("zfs error: cannot create '" + volumes.dataset(volume) + "': dataset already exists");
        }
        volumes.create(volume, size);
        return volume.id();
    }

    /** Removes a volume or a template. */
    public static void free(Proxmox pve, String volid) {
        if (volid.contains(":vztmpl/")) {
            String file = pve.storages().templateFile(volid);
            if (pve.world().disk().get(file) == null) {
                throw PveFailure.of(2, "volume '" + volid + "' does not exist");
            }
            pve.world().disk().remove(file);
            return;
        }
        if (Volume.parse(volid) instanceof Volume.Stored stored) {
            new Volumes(pve).free(stored);
            return;
        }
        throw PveFailure.of(25, "unable to parse volume ID '" + volid + "'");
    }

    /** Where the host sees it, null when it does not. */
    public static @Nullable String path(Proxmox pve, String volid) {
        if (volid.contains(":vztmpl/")) {
            return pve.storages().templateFile(volid);
        }
        if (Volume.parse(volid) instanceof Volume.Stored stored) {
            Storage storage = pve.storages().get(stored.storage());
            return storage.isZfs()
                    ? pve.world().zfs().mountpoint(storage.pool()) + "/" + stored.name()
                    : storage.path() + "/images/" + stored.name();
        }
        return null;
    }
}
