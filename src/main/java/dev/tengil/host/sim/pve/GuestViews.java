package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.pve.guest.Addresses;
import dev.tengil.host.sim.pve.guest.GuestConfig;
import dev.tengil.host.sim.pve.guest.GuestSnapshots;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.Section;
import dev.tengil.host.sim.pve.guest.Sizes;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import java.util.List;
import java.util.TreeSet;

/** What the API shows of a container. */
final class GuestViews {

    private static final long MIB = 1 << 20;

    private GuestViews() {}

    /** A stored value in JSON: integers and booleans as numbers, all else as text. */
    static JsonElement value(String key, String stored) {
        return GuestOptions.isNumber(key) ? Json.scalar(stored) : new JsonPrimitive(utf8(stored));
    }

    static String utf8(String stored) {
        return Bytes.latin1(stored).text();
    }

    static JsonObject config(Proxmox pve, int vmid, boolean current, String snapshot) {
        GuestConfig config = pve.guests().load(vmid);
        Section section = !snapshot.isEmpty()
                ? GuestSnapshots.find(config, snapshot)
                : current ? config.current() : config.effective();
        JsonObject out = new JsonObject();
        section.keys().forEach(key -> out.add(key, value(key, section.get(key, ""))));
        out.addProperty("digest", pve.guests().text(vmid).digest("SHA-1"));
        if (!section.raw().isEmpty()) {
            JsonArray raw = new JsonArray();
            section.raw().forEach(line -> {
                JsonArray pair = new JsonArray();
                pair.add(line.key());
                pair.add(utf8(line.value()));
                raw.add(pair);
            });
            out.add("lxc", raw);
        }
        return out;
    }

    static JsonArray pending(Proxmox pve, int vmid) {
        GuestConfig config = pve.guests().load(vmid);
        TreeSet<String> keys = new TreeSet<>(config.current().keys());
        keys.addAll(config.pending().keys());
        keys.addAll(config.deletes().keySet());
        JsonArray out = new JsonArray();
        for (String key : keys) {
            JsonObject item = new JsonObject();
            item.addProperty("key", key);
            String now = config.current().get(key);
            String later = config.pending().get(key);
            if (now != null) {
                item.add("value", value(key, now));
            }
            if (later != null) {
                item.add("pending", value(key, later));
            }
            Boolean forced = config.deletes().get(key);
            if (forced != null) {
                item.addProperty("delete", forced ? 2 : 1);
            }
            out.add(item);
        }
        JsonObject digest = new JsonObject();
        digest.addProperty("key", "digest");
        digest.addProperty("value", pve.guests().text(vmid).digest("SHA-1"));
        out.add(digest);
        return out;
    }

    static JsonObject status(Proxmox pve, int vmid) {
        Section section = pve.guests().load(vmid).current();
        boolean running = pve.guests().isRunning(vmid);
        JsonObject out = new JsonObject();
        out.addProperty("vmid", vmid);
        out.addProperty("name", section.get("hostname", "CT" + vmid));
        out.addProperty("status", running ? "running" : "stopped");
        out.addProperty("type", "lxc");
        out.addProperty("cpu", 0);
        out.add("cpus", Json.scalar(section.get("cores", section.get("cpulimit", Integer.toString(cpus(pve))))));
        out.addProperty("maxmem", Long.parseLong(section.get("memory", "512")) * MIB);
        out.addProperty("maxswap", Long.parseLong(section.get("swap", "512")) * MIB);
        String size = GuestOptions.ROOTFS.values(section.get("rootfs", "")).getOrDefault("size", "4G");
        out.addProperty("maxdisk", Sizes.parse(size));
        out.addProperty("uptime", pve.guests().uptime(vmid));
        for (String counter : new String[] {"diskread", "diskwrite", "netin", "netout", "swap"}) {
            out.addProperty(counter, 0);
        }
        out.addProperty("mem", running ? 496 * 1024 : 0);
        out.addProperty("disk", running ? 1_703_936 : 0);
        if (running) {
            out.addProperty("pid", pve.guests().pid(vmid));
            for (String resource : new String[] {"cpu", "io", "memory"}) {
                out.addProperty("pressure" + resource + "full", "0.00");
                out.addProperty("pressure" + resource + "some", "0.00");
            }
        }
        for (String key : new String[] {"tags", "lock", "template"}) {
            String value = section.get(key);
            if (value != null) {
                out.add(key, value(key, value));
            }
        }
        return out;
    }

    static int cpus(Proxmox pve) {
        String cpus = pve.world().fact("cpus");
        return cpus == null ? 1 : Integer.parseInt(cpus);
    }

    static JsonArray interfaces(Proxmox pve, int vmid) {
        JsonArray out = new JsonArray();
        out.add(networkInterface("lo", "00:00:00:00:00:00", "127.0.0.1/8", List.of("::1/128")));
        for (Addresses.Interface each :
                Addresses.of(pve, pve.guests().load(vmid).current())) {
            String v4 = each.v4();
            out.add(networkInterface(each.name(), each.mac(), v4 == null ? "" : v4, each.v6()));
        }
        return out;
    }

    private static JsonObject networkInterface(String name, String mac, String v4, List<String> v6) {
        JsonObject out = new JsonObject();
        out.addProperty("name", name);
        out.addProperty("hwaddr", mac);
        out.addProperty("hardware-address", mac);
        JsonArray addresses = new JsonArray();
        if (!v4.isEmpty()) {
            out.addProperty("inet", v4);
            addresses.add(address(v4, "inet"));
        }
        out.addProperty("inet6", v6.getLast());
        v6.forEach(each -> addresses.add(address(each, "inet6")));
        out.add("ip-addresses", addresses);
        return out;
    }

    private static JsonObject address(String cidr, String type) {
        int slash = cidr.indexOf('/');
        JsonObject out = new JsonObject();
        out.addProperty("ip-address", cidr.substring(0, slash));
        out.addProperty("ip-address-type", type);
        out.addProperty("prefix", cidr.substring(slash + 1));
        return out;
    }
}
