package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.pve.schema.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resource pools and their members. */
public final class Pools {

    private static final String TABLE = "pools";
    private final Proxmox pve;

    public Pools(Proxmox pve) {
        this.pve = pve;
    }

    /** Members by pool; storages stand among them by name, containers by number. */
    public Map<String, List<String>> all() {
        Map<String, List<String>> pools = new TreeMap<>();
        pve.world().texts(TABLE).rows().forEach((pool, members) -> pools.put(pool, Format.split(members)));
        return pools;
    }

    public void create(String pool) {
        if (pve.world().texts(TABLE).contains(pool)) {
            throw PveFailure.of("create pool failed: pool '" + pool + "' already exists");
        }
        pve.world().texts(TABLE).put(pool, "");
    }

    public void add(String pool, int vmid) {
        List<String> members = members(pool);
        if (members.contains(Integer.toString(vmid))) {
            throw PveFailure.of("update pools failed: VM " + vmid + " is already a pool member");
        }
        members.add(Integer.toString(vmid));
        save(pool, members);
    }

    /** Takes a container out of every pool. */
    public void removeEverywhere(int vmid) {
        for (String pool : all().keySet()) {
            List<String> members = members(pool);
            if (members.remove(Integer.toString(vmid))) {
                save(pool, members);
            }
        }
    }

    /** Takes a container out of a pool. */
    public void remove(String pool, int vmid) {
        List<String> members = members(pool);
        if (!members.remove(Integer.toString(vmid))) {
            throw PveFailure.of("update pools failed: VM " + vmid + " is not a pool member");
        }
        save(pool, members);
    }

    public void delete(String pool) {
        if (!members(pool).isEmpty()) {
            throw PveFailure.of("delete pool failed: pool '" + pool + "' is not empty");
        }
        pve.world().texts(TABLE).remove(pool);
    }

    private List<String> members(String pool) {
        String members = pve.world().texts(TABLE).get(pool);
        if (members == null) {
            throw PveFailure.of("pool '" + pool + "' does not exist");
        }
        return new ArrayList<>(Format.split(members));
    }

    private void save(String pool, List<String> members) {
        pve.world().texts(TABLE).put(pool, String.join(",", members));
    }
}
