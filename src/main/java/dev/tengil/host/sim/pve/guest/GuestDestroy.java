package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Zdataset;

/** Destroys a container with the volumes that are its own by name (pve-container LXC.pm, destroy_lxc_container). */
public final class GuestDestroy {

    private final Proxmox pve;
    private final int vmid;

    public GuestDestroy(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /**
     * @param force stops it first
     * @param unreferenced also frees volumes named for it that its config does not mention
     */
    public Tasks.Task run(boolean force, boolean unreferenced) {
        check(force);
        return pve.tasks().run("vzdestroy", Integer.toString(vmid), log -> {
            if (pve.guests().isRunning(vmid)) {
                new GuestStop(pve, vmid).end();
            }
            free(log);
            if (unreferenced) {
                freeUnreferenced();
            }
            new Pools(pve).removeEverywhere(vmid);
            new Rights(pve).removeAll(vmid);
            pve.world().disk().remove("/etc/pve/firewall/" + vmid + ".fw");
            pve.guests().remove(vmid);
        });
    }

    private void check(boolean force) {
        GuestConfig config = pve.guests().load(vmid);
        if (config.current().isOn("protection")) {
            throw PveFailure.of("can't remove CT " + vmid + " - protection mode enabled");
        }
        if (names("/etc/pve/ha/resources.cfg", "ct: " + vmid)) {
            throw PveFailure.of("unable to remove CT " + vmid + " - used in HA resources and purge parameter not set");
        }
        if (names("/etc/pve/replication.cfg", "local: " + vmid + "-")) {
            throw PveFailure.of("There is a replication job for guest '" + vmid
                    + "' - Please remove that first, or use the purge parameter");
        }
        pve.guests().loadUnlocked(vmid);
        if (pve.guests().isRunning(vmid) && !force) {
            throw PveFailure.of("unable to destroy CT " + vmid + " - container is running");
        }
    }

    private boolean names(String path, String section) {
        Inode file = pve.world().disk().follow(path);
        return file != null
                && file.content()
                        .text()
                        .lines()
                        .anyMatch(line -> section.endsWith("-") ? line.startsWith(section) : line.equals(section));
    }

    private void free(Tasks.Log log) {
        GuestConfig config = pve.guests().load(vmid);
        Volumes volumes = new Volumes(pve);
        for (Section section : java.util.List.of(config.current(), config.pending())) {
            section.options().forEach((key, value) -> {
                if (!MountString.isMount(key) && !key.startsWith("unused")) {
                    return;
                }
                String text = key.startsWith("unused")
                        ? value
                        : MountString.read(value).getOrDefault("volume", "");
                if (Volume.parse(text) instanceof Volume.Stored stored) {
                    if (stored.owner() == vmid) {
                        volumes.free(stored);
                    } else {
                        log.warning("ignore deletion of '" + stored.id() + "', CT " + vmid + " isn't the owner!");
                    }
                }
            });
        }
    }

    private void freeUnreferenced() {
        for (Storage storage : pve.storages().all().values()) {
            if (storage.isZfs() && storage.isEnabled() && storage.content().contains("rootdir")) {
                for (Zdataset dataset : pve.world().zfs().tree(storage.pool(), false)) {
                    String name = dataset.name().substring(dataset.name().lastIndexOf('/') + 1);
                    if (new Volume.Stored(storage.id(), name).owner() == vmid) {
                        new Volumes(pve).free(new Volume.Stored(storage.id(), name));
                    }
                }
            }
        }
    }
}
