package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.schema.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resource pools and their members: lines {@code pool:ID:COMMENT:VMIDS:STORAGES:} of user.cfg (pve-access-control, AccessControl.pm). */
public final class Pools {

    private static final String FILE = "/etc/pve/user.cfg";
    private static final String KIND = "pool";
    private static final int FIELDS = 5;

    private final Proxmox pve;

    public Pools(Proxmox pve) {
        this.pve = pve;
    }

    private record Pool(String comment, List<String> vms, String storages) {}

    private List<String> lines() {
        Inode file = pve.world().disk().follow(FILE);
        return file == null ? List.of() : file.content().text().lines().toList();
    }

    private Map<String, Pool> read() {
        Map<String, Pool> pools = new TreeMap<>();
        for (String line : lines()) {
            String[] fields = line.split(":", -1);
            if (fields.length >= FIELDS && fields[0].equals(KIND)) {
                pools.put(fields[1], new Pool(fields[2], new ArrayList<>(Format.split(fields[3])), fields[4]));
            }
        }
        return pools;
    }

    private void save(Map<String, Pool> pools) {
        List<String> lines = new ArrayList<>(
                lines().stream().filter(line -> !line.startsWith(KIND + ":")).toList());
        pools.forEach((id, pool) -> lines.add(
                String.join(":", KIND, id, pool.comment(), String.join(",", pool.vms()), pool.storages(), "")));
        pve.world().disk().write(FILE, Bytes.utf8(String.join("\n", lines) + "\n"), 0640);
    }

    /** Numbers of the guests by pool. */
    public Map<String, List<String>> all() {
        Map<String, List<String>> members = new TreeMap<>();
        read().forEach((id, pool) -> members.put(id, pool.vms()));
        return members;
    }

    public boolean contains(String pool) {
        return read().containsKey(pool);
    }

    public void create(String pool) {
        Map<String, Pool> pools = read();
        if (pools.putIfAbsent(pool, new Pool("", new ArrayList<>(), "")) != null) {
            throw PveFailure.of("create pool failed: pool '" + pool + "' already exists");
        }
        save(pools);
    }

    public void add(String pool, int vmid) {
        Map<String, Pool> pools = read();
        List<String> members = members(pools, pool);
        if (members.contains(Integer.toString(vmid))) {
            throw PveFailure.of("update pools failed: VM " + vmid + " is already a pool member");
        }
        members.add(Integer.toString(vmid));
        save(pools);
    }

    /** Takes a container out of every pool. */
    public void removeEverywhere(int vmid) {
        Map<String, Pool> pools = read();
        boolean was = false;
        for (Pool pool : pools.values()) {
            was |= pool.vms().remove(Integer.toString(vmid));
        }
        if (was) {
            save(pools);
        }
    }

    /** Takes a container out of a pool. */
    public void remove(String pool, int vmid) {
        Map<String, Pool> pools = read();
        if (!members(pools, pool).remove(Integer.toString(vmid))) {
            throw PveFailure.of("update pools failed: VM " + vmid + " is not a pool member");
        }
        save(pools);
    }

    public void delete(String pool) {
        Map<String, Pool> pools = read();
        if (!members(pools, pool).isEmpty()) {
            throw PveFailure.of("delete pool failed: pool '" + pool + "' is not empty");
        }
        pools.remove(pool);
        save(pools);
    }

    private static List<String> members(Map<String, Pool> pools, String id) {
        Pool pool = pools.get(id);
        if (pool == null) {
            throw PveFailure.of("pool '" + id + "' does not exist");
        }
        return pool.vms();
    }
}
