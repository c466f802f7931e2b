package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** Snapshots as Proxmox makes them; a container with a bind mount has none (pve-guest-common AbstractConfig.pm). */
public final class GuestSnapshots {

    private final Proxmox pve;
    private final int vmid;

    public GuestSnapshots(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** What there is, and the present as {@code current}. */
    public JsonArray list() {
        GuestConfig config = pve.guests().load(vmid);
        JsonArray out = new JsonArray();
        config.snapshots().forEach((name, section) -> {
            JsonObject snapshot = new JsonObject();
            snapshot.addProperty("name", name);
            snapshot.addProperty("description", "");
            snapshot.addProperty("snaptime", Long.parseLong(section.get("snaptime", "0")));
            out.add(snapshot);
        });
        JsonObject now = new JsonObject();
        now.addProperty("name", "current");
        now.addProperty("description", "You are here!");
        now.addProperty("digest", pve.guests().text(vmid).digest("SHA-1"));
        now.addProperty("running", pve.guests().isRunning(vmid) ? 1 : 0);
        out.add(now);
        return out;
    }

    /** Makes one of every volume. */
    public Tasks.Task create(String name) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (name.equals("current") || name.equals("vzdump")) {
            throw PveFailure.of("unable to use snapshot name '" + name + "' (reserved name)");
        }
        if (config.snapshots().containsKey(name)) {
            throw PveFailure.of("snapshot name '" + name + "' already used");
        }
        return pve.tasks().run("vzsnapshot", Integer.toString(vmid), _ -> {
            Volumes volumes = new Volumes(pve);
            for (Mounts.Mount mount : Mounts.of(config.current())) {
                if (!(mount.volume() instanceof Volume.Stored stored)
                        || !pve.storages().get(stored.storage()).isZfs()) {
                    throw PveFailure.of("snapshot feature is not available");
                }
            }
            for (Mounts.Mount mount : Mounts.of(config.current())) {
                if (mount.volume() instanceof Volume.Stored stored) {
                    pve.world().zfs().create(volumes.dataset(stored) + "@" + name, "snapshot", Map.of(), false);
                }
            }
            Section copy = config.snapshot(name);
            copy.replaceBy(config.current());
            copy.set("snaptime", Long.toString(pve.world().now().getEpochSecond()));
            config.current().set("parent", name);
            pve.guests().save(vmid, config);
        });
    }
}
