package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            snapshot.addProperty("description", section.get("description", ""));
            String parent = section.get("parent");
            if (parent != null) {
                snapshot.addProperty("parent", parent);
            }
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

    /** The tree of them, as {@code pct listsnapshot} draws it. */
    public List<String> tree() {
        GuestConfig config = pve.guests().load(vmid);
        List<String> lines = new ArrayList<>();
        String parent = "";
        for (int depth = 0; ; depth++) {
            String above = parent;
            String next = config.snapshots().entrySet().stream()
                    .filter(each -> each.getValue().get("parent", "").equals(above))
                    .map(java.util.Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
            if (next.isEmpty()) {
                lines.add(branch(depth, "current", "", "You are here!"));
                return lines;
            }
            Section snapshot = config.snapshot(next);
            String time = java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .format(java.time.Instant.ofEpochSecond(Long.parseLong(snapshot.get("snaptime", "0")))
                            .atOffset(java.time.ZoneOffset.UTC));
            lines.add(branch(
                    depth,
                    next,
                    time,
                    snapshot.get("description", "no-description").strip()));
            parent = next;
        }
    }

    private static String branch(int depth, String name, String time, String description) {
        return String.format(
                Locale.ROOT,
                "%s`-> %-" + Math.max(1, 27 - depth) + "s %-23s %s",
                " ".repeat(depth),
                name,
                time,
                description);
    }

    /** Whether all its mounts are volumes that can be frozen. */
    public boolean isAvailable() {
        return Mounts.of(pve.guests().load(vmid).current()).stream()
                .allMatch(mount -> mount.volume() instanceof Volume.Stored stored
                        && pve.storages().get(stored.storage()).isZfs());
    }

    /** Makes a template of it: its volumes get other names, and it never starts again. */
    public void makeTemplate() {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (config.current().isOn("template")) {
            throw PveFailure.of("you can't convert a CT to template if it's already a template");
        }
        if (pve.guests().isRunning(vmid)) {
            throw PveFailure.of("you can't convert a CT to template if the CT is running");
        }
        if (!config.snapshots().isEmpty()) {
            throw PveFailure.of("you can't convert a CT to template with snapshots");
        }
        for (Mounts.Mount mount : Mounts.of(config.current())) {
            if (mount.volume() instanceof Volume.Stored stored && isAvailable()) {
                Volume.Stored base =
                        new Volume.Stored(stored.storage(), stored.name().replaceFirst("^subvol-", "basevol-"));
                Volumes volumes = new Volumes(pve);
                pve.world().zfs().rename(volumes.dataset(stored), volumes.dataset(base));
                pve.world().zfs().create(volumes.dataset(base) + "@__base__", "snapshot", Map.of(), false);
                config.current()
                        .set(mount.key(), config.current().get(mount.key(), "").replace(stored.id(), base.id()));
            }
        }
        config.current().set("template", "1");
        pve.guests().save(vmid, config);
    }

    /** Takes one away; the volumes' own with it. */
    public Tasks.Task delete(String name, boolean force) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        Section snapshot = find(config, name);
        return pve.tasks().run("vzdelsnapshot", Integer.toString(vmid), _ -> {
            for (Mounts.Mount mount : Mounts.of(snapshot)) {
                if (mount.volume() instanceof Volume.Stored stored) {
                    String dataset = new Volumes(pve).dataset(stored) + "@" + name;
                    if (!pve.world().zfs().exists(dataset) && !force) {
                        throw PveFailure.of(
                                "zfs error: could not find any snapshots to destroy; check snapshot names.");
                    }
                    pve.world().zfs().destroy(dataset);
                }
            }
            String parent = snapshot.get("parent", "");
            config.snapshots().remove(name);
            config.snapshots().values().forEach(each -> inherit(each, name, parent));
            inherit(config.current(), name, parent);
            pve.guests().save(vmid, config);
        });
    }

    private static void inherit(Section section, String gone, String parent) {
        if (section.get("parent", "").equals(gone)) {
            if (parent.isEmpty()) {
                section.remove("parent");
            } else {
                section.set("parent", parent);
            }
        }
    }

    /** Back to it: config and volumes are what they were; only the latest can be gone back to on ZFS. */
    public Tasks.Task rollback(String name, boolean start) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        Section snapshot = find(config, name);
        return pve.tasks().run("vzrollback", Integer.toString(vmid), log -> {
            Volumes volumes = new Volumes(pve);
            for (Mounts.Mount mount : Mounts.of(snapshot)) {
                if (mount.volume() instanceof Volume.Stored stored) {
                    List<String> later = pve.world().zfs().laterSnapshots(volumes.dataset(stored) + "@" + name);
                    if (!later.isEmpty()) {
                        throw PveFailure.of(
                                "can't rollback, '" + name + "' is not most recent snapshot on '" + stored.id() + "'");
                    }
                }
            }
            if (pve.guests().isRunning(vmid)) {
                new GuestStop(pve, vmid).end();
            }
            for (Mounts.Mount mount : Mounts.of(snapshot)) {
                if (mount.volume() instanceof Volume.Stored stored) {
                    pve.world().zfs().rollback(volumes.dataset(stored) + "@" + name);
                }
            }
            GuestConfig back = pve.guests().load(vmid);
            Section then = snapshot.copy();
            then.remove("snaptime");
            then.set("parent", name);
            back.settle(then);
            pve.guests().save(vmid, back);
            if (start) {
                new GuestStart(pve, vmid).begin(log);
            }
        });
    }

    /** A snapshot, or the failure that says there is none. */
    public static Section find(GuestConfig config, String name) {
        Section snapshot = config.snapshots().get(name);
        if (snapshot == null) {
            throw PveFailure.of("snapshot '" + name + "' does not exist");
        }
        return snapshot;
    }

    /** Makes one of every volume. */
    public Tasks.Task create(String name, String description) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (name.equals("current") || name.equals("vzdump")) {
            throw PveFailure.of("unable to use snapshot name '" + name + "' (reserved name)");
        }
        if (config.snapshots().containsKey(name)) {
            throw PveFailure.of("snapshot name '" + name + "' already used");
        }
        return pve.tasks().run("vzsnapshot", Integer.toString(vmid), _ -> {
            Volumes volumes = new Volumes(pve);
            if (!isAvailable()) {
                throw PveFailure.of("snapshot feature is not available");
            }
            for (Mounts.Mount mount : Mounts.of(config.current())) {
                if (mount.volume() instanceof Volume.Stored stored) {
                    pve.world().zfs().create(volumes.dataset(stored) + "@" + name, "snapshot", Map.of(), false);
                }
            }
            Section copy = config.snapshot(name);
            copy.replaceBy(config.current());
            if (!description.isEmpty()) {
                copy.set("description", description + "\n");
            }
            copy.set("snaptime", Long.toString(pve.world().now().getEpochSecond()));
            config.current().set("parent", name);
            pve.guests().save(vmid, config);
        });
    }
}
