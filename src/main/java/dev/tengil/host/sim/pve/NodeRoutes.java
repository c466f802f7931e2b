package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.Bytes;
import dev.tengil.host.sim.pve.guest.Bridges;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.List;

/** The endpoints of the node itself. */
final class NodeRoutes {

    static final String KERNEL = "6.17.4-1-pve";
    private static final String NODE = "/nodes/{node}";

    private NodeRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(Verb.GET, "/nodes", NodeRoutes::list),
                Route.of(Verb.GET, NODE + "/status", NodeRoutes::status),
                Route.of(Verb.GET, NODE + "/version", request -> new Answer.Data(ClusterRoutes.version(request.pve()))),
                Route.of(Verb.GET, NODE + "/network", NodeRoutes::network, Property.optional("type", new Type.Text(0))),
                Route.of(Verb.GET, NODE + "/apt/versions", NodeRoutes::versions));
    }

    static String repoId(Proxmox pve) {
        return Bytes.utf8(pve.version("pve-manager")).digest("SHA-1").substring(0, 16);
    }

    static String managerVersion(Proxmox pve) {
        return "pve-manager/" + pve.version("pve-manager") + "/" + repoId(pve);
    }

    private static long memory(Proxmox pve) {
        String memory = pve.world().fact("memory");
        return memory == null ? 0 : Long.parseLong(memory);
    }

    private static Answer list(Request request) {
        Proxmox pve = request.pve();
        JsonObject node = new JsonObject();
        node.addProperty("id", "node/" + pve.node());
        node.addProperty("node", pve.node());
        node.addProperty("type", "node");
        node.addProperty("status", "online");
        node.addProperty("maxcpu", GuestViews.cpus(pve));
        node.addProperty("maxmem", memory(pve));
        node.addProperty("cpu", 0);
        node.addProperty("mem", memory(pve) / 8);
        node.addProperty("uptime", 86400);
        JsonArray out = new JsonArray();
        out.add(node);
        return new Answer.Data(out);
    }

    private static Answer status(Request request) {
        Proxmox pve = request.pve();
        JsonObject out = new JsonObject();
        out.addProperty("cpu", 0);
        out.addProperty("uptime", 86400);
        out.addProperty("kversion", "Linux " + KERNEL);
        out.addProperty("pveversion", managerVersion(pve));
        JsonObject cpu = new JsonObject();
        cpu.addProperty("cpus", GuestViews.cpus(pve));
        cpu.addProperty("cores", GuestViews.cpus(pve));
        cpu.addProperty("sockets", 1);
        cpu.addProperty("model", "Simulated CPU");
        out.add("cpuinfo", cpu);
        JsonObject memory = new JsonObject();
        memory.addProperty("total", memory(pve));
        memory.addProperty("used", memory(pve) / 8);
        memory.addProperty("free", memory(pve) - memory(pve) / 8);
        memory.addProperty("available", memory(pve) - memory(pve) / 8);
        out.add("memory", memory);
        JsonObject boot = new JsonObject();
        boolean efi = pve.world().fact("legacy_grub") == null;
        boot.addProperty("mode", efi ? "efi" : "legacy-bios");
        out.add("boot-info", boot);
        return new Answer.Data(out);
    }

    private static Answer network(Request request) {
        String type = request.option("type", "");
        JsonArray out = new JsonArray();
        int priority = 3;
        for (Bridges.Bridge bridge : Bridges.of(request.pve())) {
            if (!bridge.ports().isEmpty() && type.isEmpty()) {
                JsonObject port = networkDevice(bridge.ports(), "eth", priority++);
                port.addProperty("method", "manual");
                port.remove("active");
                out.add(port);
            }
            JsonObject item = networkDevice(bridge.name(), "bridge", priority++);
            item.addProperty("autostart", 1);
            item.addProperty("bridge_ports", bridge.ports());
            item.addProperty("bridge_stp", "off");
            item.addProperty("bridge_fd", "0");
            String cidr = bridge.cidr();
            item.addProperty("method", cidr == null ? "manual" : "static");
            if (cidr != null) {
                item.addProperty("cidr", cidr);
                item.addProperty("address", cidr.substring(0, cidr.indexOf('/')));
                item.addProperty("netmask", cidr.substring(cidr.indexOf('/') + 1));
            }
            if (bridge.gateway() != null) {
                item.addProperty("gateway", bridge.gateway());
            }
            if (type.isEmpty() || type.contains("bridge")) {
                out.add(item);
            }
        }
        return new Answer.Data(out);
    }

    private static JsonObject networkDevice(String name, String type, int priority) {
        JsonObject item = new JsonObject();
        item.addProperty("iface", name);
        item.addProperty("type", type);
        item.addProperty("active", 1);
        item.addProperty("method6", "manual");
        item.addProperty("priority", priority);
        item.add("families", Json.array(List.of("inet")));
        return item;
    }

    private static Answer versions(Request request) {
        JsonArray out = new JsonArray();
        request.pve().world().texts("packages").rows().forEach((name, version) -> {
            if (name.equals("skopeo") || name.equals("samba") || name.equals("acl")) {
                return;
            }
            JsonObject item = new JsonObject();
            item.addProperty("Package", name);
            item.addProperty("OldVersion", version);
            item.addProperty("Version", version);
            item.addProperty("CurrentState", "Installed");
            item.addProperty("Arch", "amd64");
            if (name.equals("pve-manager")) {
                item.addProperty("ManagerVersion", version);
            }
            out.add(item);
        });
        return new Answer.Data(out);
    }
}
