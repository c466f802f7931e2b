package dev.tengil.host.sim.pve.guest;

import java.util.Map;

/** Makes true what waited for a stopped container (pve-container Config.pm, vmconfig_apply_pending). */
final class PendingChanges {

    private final Proxmox pve;
    private final int vmid;

    PendingChanges(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** Applies everything that waits, into the config, without writing it. */
    void apply(GuestConfig config) {
        if (!config.hasPending()) {
            return;
        }
        Section now = config.current().copy();
        config.deletes().keySet().forEach(key -> {
            detach(now, key);
            now.remove(key);
        });
        for (String key : config.pending().keys()) {
            String value = config.pending().get(key, "");
            now.set(key, MountString.isMount(key) ? mount(now, key, value) : value);
        }
        config.settle(now);
    }

    /** The stored form of a mount, its volume made if it is new and the old one kept as unused. */
    String mount(Section now, String key, String value) {
        Map<String, String> values = MountString.read(value);
        Volume volume = MountString.volume(values);
        String old = now.get(key);
        if (old != null && !MountString.read(old).getOrDefault("volume", "").equals(values.get("volume"))) {
            detach(now, key);
        }
        if (volume instanceof Volume.New fresh) {
            pve.storages().forContainers(fresh.storage());
            Volume.Stored stored = new Volumes(pve).allocate(fresh, vmid, now.isOn("unprivileged"), _ -> {});
            return MountString.print(MountString.allocated(values, stored, fresh.size()));
        }
        return MountString.print(values);
    }

    /** A volume of this container that is no longer used is kept, a bind just goes. */
    private void detach(Section now, String key) {
        String old = now.get(key);
        if (old == null || !MountString.isMount(key)) {
            return;
        }
        if (MountString.volume(old) instanceof Volume.Stored stored && stored.owner() == vmid) {
            keepAsUnused(now, stored);
        }
    }

    /** A volume that nothing uses any more stays in the config under the next free number. */
    static void keepAsUnused(Section now, Volume.Stored stored) {
        int free = 0;
        while (now.get("unused" + free) != null) {
            free++;
        }
        now.set("unused" + free, stored.id());
    }
}
