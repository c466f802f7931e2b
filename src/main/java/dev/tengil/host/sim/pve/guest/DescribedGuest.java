package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;

/** A container that a world has from its beginning: its config, the volumes that this names, and whether it runs. */
public final class DescribedGuest {

    private DescribedGuest() {}

    public static void settle(Proxmox pve, int vmid, Bytes conf, boolean running) {
        pve.world().disk().write(pve.guests().file(vmid), conf, 0640);
        Volumes volumes = new Volumes(pve);
        for (Mounts.Mount mount : Mounts.of(pve.guests().load(vmid).current())) {
            if (mount.volume() instanceof Volume.Stored stored) {
                Storage storage = pve.storages().find(stored.storage());
                boolean possible =
                        storage != null && storage.isZfs() && pve.world().zfs().exists(storage.pool());
                if (possible && !volumes.exists(stored)) {
                    volumes.create(
                            stored, Math.max(0, Sizes.parse(mount.values().getOrDefault("size", "8G"))));
                }
            }
        }
        if (running) {
            pve.guests().started(vmid, 2000 + pve.world().next("pid") * 7);
        }
    }
}
