package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies a container with its volumes; one that binds a directory or a device of the host cannot be copied (API2/LXC.pm, clone_vm). */
public final class GuestClone {

    private final Proxmox pve;
    private final int vmid;

    public GuestClone(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /**
     * @param options hostname, description, pool and storage, as far as they are given
     */
    public Tasks.Task run(int newId, Map<String, String> options) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (pve.guests().exists(newId)) {
            throw PveFailure.of("unable to create CT " + newId + ": config file already exists");
        }
        if (pve.guests().isRunning(vmid) && !options.containsKey("snapname")) {
            throw PveFailure.of("Cannot do full clones on a running container without snapshots");
        }
        boolean full = options.getOrDefault("full", config.current().isOn("template") ? "0" : "1")
                .equals("1");
        if (!full && !config.current().isOn("template")) {
            throw PveFailure.of("Linked clone feature is not supported for containers that are no template");
        }
        for (Mounts.Mount mount : Mounts.of(config.current())) {
            switch (mount.volume()) {
                case Volume.Bind _ -> throw unable(mount, "bind");
                case Volume.Device _ -> throw unable(mount, "device");
                case Volume.Stored _, Volume.New _ -> {
                    // its files are copied
                }
            }
        }
        return pve.tasks().run("vzclone", Integer.toString(vmid), log -> {
            log.line("creating a clone of container " + vmid + " with ID " + newId);
            Section copy = config.current().copy();
            copy.remove("template");
            copy.remove("parent");
            options.forEach((key, value) -> {
                if (key.equals("hostname") || key.equals("description")) {
                    copy.set(key, value);
                }
            });
            for (String key : copy.keys()) {
                if (key.matches("net\\d+")) {
                    Map<String, String> net = new LinkedHashMap<>(NetString.read(copy.get(key, "")));
                    net.remove("hwaddr");
                    copy.set(key, NetString.stored(pve.world(), NetString.print(net)));
                }
            }
            for (Mounts.Mount mount : Mounts.of(config.current())) {
                copy.set(mount.key(), volume(mount, newId, full, options, copy.isOn("unprivileged"), log));
            }
            GuestConfig made = new GuestConfig();
            made.adopt(copy);
            pve.guests().save(newId, made);
            Contents.copy(pve, config.current(), copy);
            String pool = options.get("pool");
            if (pool != null) {
                new Pools(pve).add(pool, newId);
            }
        });
    }

    private static PveFailure unable(Mounts.Mount mount, String type) {
        return PveFailure.of("unable to clone mountpoint '" + mount.key() + "' (type " + type + ")");
    }

    private String volume(
            Mounts.Mount mount,
            int newId,
            boolean full,
            Map<String, String> options,
            boolean unprivileged,
            Tasks.Log log) {
        if (!(mount.volume() instanceof Volume.Stored old)) {
            return MountString.print(mount.values());
        }
        String kind = mount.key().equals("rootfs") ? "rootfs" : mount.key();
        log.line("create " + (full ? "full" : "linked") + " clone of mountpoint " + kind + " (" + old.id() + ")");
        Volumes volumes = new Volumes(pve);
        long size = Sizes.parse(mount.values().getOrDefault("size", "8G"));
        String storage = options.getOrDefault("storage", old.storage());
        Volume.Stored fresh = volumes.allocate(new Volume.New(storage, size), newId, unprivileged, log::line);
        String from = volumes.path(old);
        String to = volumes.path(fresh);
        if (from != null && to != null) {
            copy(pve.world().disk(), from, to);
        }
        return MountString.print(MountString.allocated(mount.values(), fresh, size));
    }

    /** Everything below a directory, its own owner and mode too. */
    static void copy(Disk disk, String from, String to) {
        Inode top = disk.follow(from);
        if (top != null) {
            disk.put(to, top);
        }
        for (String name : disk.list(from)) {
            copy(disk, from + "/" + name, to + "/" + name);
        }
    }
}
