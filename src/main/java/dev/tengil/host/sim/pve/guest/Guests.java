package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The containers of the node: a config file each, and which of them run. */
public final class Guests {

    private static final String RUNNING = "running";
    private static final String NODES = "/etc/pve/nodes";
    private final World world;

    Guests(World world) {
        this.world = world;
    }

    /** Where the config of a container stands. */
    public String file(int vmid) {
        return "/etc/pve/nodes/" + world.node() + "/lxc/" + vmid + ".conf";
    }

    public boolean exists(int vmid) {
        return world.disk().follow(file(vmid)) != null;
    }

    /** All of the node, by number. */
    public List<Integer> all() {
        List<Integer> ids = new ArrayList<>();
        for (String name : world.disk().list("/etc/pve/nodes/" + world.node() + "/lxc")) {
            if (name.matches("[1-9]\\d{2,8}\\.conf")) {
                ids.add(Integer.parseInt(name.substring(0, name.length() - 5)));
            }
        }
        ids.sort(null);
        return ids;
    }

    /** Containers of other nodes of the cluster: their configs, which every node sees, by number. */
    public SortedMap<Integer, Elsewhere> elsewhere() {
        SortedMap<Integer, Elsewhere> found = new TreeMap<>();
        for (String node : world.disk().list(NODES)) {
            String folder = NODES + "/" + node + "/lxc";
            for (String name :
                    node.equals(world.node()) ? List.<String>of() : world.disk().list(folder)) {
                Inode file = world.disk().follow(folder + "/" + name);
                if (file != null && name.matches("[1-9]\\d{2,8}\\.conf")) {
                    int vmid = Integer.parseInt(name.substring(0, name.length() - 5));
                    found.put(
                            vmid,
                            new Elsewhere(node, GuestText.parse(file.content()).current()));
                }
            }
        }
        return found;
    }

    /** A container of another node. */
    public record Elsewhere(String node, Section config) {}

    /** Its config as it stands in the file. */
    public Bytes text(int vmid) {
        Inode file = world.disk().follow(file(vmid));
        if (file == null) {
            throw PveFailure.of(
                    2, "Configuration file 'nodes/" + world.node() + "/lxc/" + vmid + ".conf' does not exist");
        }
        return file.content();
    }

    public GuestConfig load(int vmid) {
        return GuestText.parse(text(vmid));
    }

    /** Its config, unless something holds it: a lock in the config stops every change. */
    public GuestConfig loadUnlocked(int vmid) {
        GuestConfig config = load(vmid);
        String lock = config.current().get("lock");
        if (lock != null) {
            throw PveFailure.of("CT is locked (" + lock + ")");
        }
        return config;
    }

    public void save(int vmid, GuestConfig config) {
        world.disk().write(file(vmid), GuestText.write(config), 0640);
    }

    void remove(int vmid) {
        world.disk().remove(file(vmid));
    }

    public boolean isRunning(int vmid) {
        return world.texts(RUNNING).contains(Integer.toString(vmid));
    }

    void started(int vmid, long pid) {
        world.texts(RUNNING).put(Integer.toString(vmid), pid + " " + world.now().getEpochSecond());
        plug(vmid);
        Section section = load(vmid).current();
        boolean unprivileged = section.isOn("unprivileged");
        Mounts.entries(section).stream()
                .filter(entry -> Mounts.isReachable(world, entry, unprivileged))
                .forEach(entry -> new LiveMounts(world).plug(vmid, entry, unprivileged));
    }

    void stopped(int vmid) {
        world.texts(RUNNING).remove(Integer.toString(vmid));
        new LiveMounts(world).unplug(vmid);
    }

    /** What the config mounts is mounted, as far as it is not yet. */
    void plug(int vmid) {
        Section section = load(vmid).current();
        Mounts.of(section).forEach(mount -> new LiveMounts(world).plug(vmid, mount, section.isOn("unprivileged")));
    }

    /** Process number of its init; 0 when it does not run. */
    public long pid(int vmid) {
        String row = row(vmid);
        return row == null ? 0 : Long.parseLong(row.substring(0, row.indexOf(' ')));
    }

    /** Seconds since it was started. */
    public long uptime(int vmid) {
        String row = row(vmid);
        return row == null
                ? 0
                : Math.max(1, world.now().getEpochSecond() - Long.parseLong(row.substring(row.indexOf(' ') + 1)));
    }

    private @Nullable String row(int vmid) {
        return world.texts(RUNNING).get(Integer.toString(vmid));
    }
}
