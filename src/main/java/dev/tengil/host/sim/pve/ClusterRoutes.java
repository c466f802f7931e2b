package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.List;

/** The endpoints of the cluster, which here is always this one node. */
final class ClusterRoutes {

    private ClusterRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(Verb.GET, "/version", request -> new Answer.Data(version(request.pve()))),
                Route.of(
                        Verb.GET,
                        "/cluster/nextid",
                        ClusterRoutes::nextId,
                        Property.optional("vmid", Type.of(Format.VMID))),
                Route.of(
                        Verb.GET,
                        "/cluster/resources",
                        ClusterRoutes::resources,
                        Property.optional("type", Type.oneOf("vm", "storage", "node", "sdn"))),
                Route.of(Verb.GET, "/cluster/status", ClusterRoutes::status),
                Route.of(Verb.GET, "/cluster/options", _ -> new Answer.Data(new JsonObject())));
    }

    static JsonObject version(Proxmox pve) {
        String version = pve.version("pve-manager");
        JsonObject out = new JsonObject();
        out.addProperty("version", version);
        out.addProperty("release", version.replaceFirst("^(\\d+\\.\\d+).*", "$1"));
        out.addProperty("repoid", NodeRoutes.repoId(pve));
        return out;
    }

    private static Answer nextId(Request request) {
        String wanted = request.option("vmid", "");
        if (!wanted.isEmpty()) {
            if (isTaken(request.pve(), Integer.parseInt(wanted))) {
                throw PveFailure.parameter("vmid", "VM " + wanted + " already exists");
            }
            return new Answer.Data(new JsonPrimitive(wanted));
        }
        int free = 100;
        while (isTaken(request.pve(), free)) {
            free++;
        }
        return new Answer.Data(new JsonPrimitive(Integer.toString(free)));
    }

    /** Virtual machines take numbers as well. */
    private static boolean isTaken(Proxmox pve, int vmid) {
        return pve.guests().exists(vmid)
                || pve.guests().elsewhere().containsKey(vmid)
                || pve.world().disk().follow("/etc/pve/nodes/" + pve.node() + "/qemu-server/" + vmid + ".conf") != null;
    }

    private static Answer resources(Request request) {
        Proxmox pve = request.pve();
        String type = request.option("type", "");
        JsonArray out = new JsonArray();
        if (type.isEmpty() || type.equals("node")) {
            JsonObject node = new JsonObject();
            node.addProperty("id", "node/" + pve.node());
            node.addProperty("node", pve.node());
            node.addProperty("status", "online");
            node.addProperty("type", "node");
            out.add(node);
        }
        if (type.isEmpty() || type.equals("vm")) {
            for (int vmid : pve.guests().all()) {
                JsonObject guest = GuestViews.status(pve, vmid);
                guest.addProperty("id", "lxc/" + vmid);
                guest.addProperty("node", pve.node());
                out.add(guest);
            }
            pve.guests().elsewhere().forEach((vmid, there) -> {
                JsonObject guest = new JsonObject();
                guest.addProperty("id", "lxc/" + vmid);
                guest.addProperty("vmid", vmid);
                guest.addProperty("node", there.node());
                guest.addProperty("type", "lxc");
                guest.addProperty("name", there.config().get("hostname", "CT" + vmid));
                guest.addProperty("status", "stopped");
                out.add(guest);
            });
        }
        if (type.isEmpty() || type.equals("storage")) {
            pve.storages().all().values().forEach(storage -> {
                JsonObject item = new JsonObject();
                item.addProperty("id", "storage/" + pve.node() + "/" + storage.id());
                item.addProperty("node", pve.node());
                item.addProperty("storage", storage.id());
                item.addProperty("plugintype", storage.type());
                item.addProperty("content", String.join(",", storage.content()));
                item.addProperty("status", pve.storages().space(storage).active() ? "available" : "unknown");
                item.addProperty("shared", 0);
                item.addProperty("type", "storage");
                out.add(item);
            });
        }
        return new Answer.Data(out);
    }

    private static Answer status(Request request) {
        JsonObject node = new JsonObject();
        node.addProperty("id", "node/" + request.pve().node());
        node.addProperty("name", request.pve().node());
        node.addProperty("type", "node");
        node.addProperty("online", 1);
        node.addProperty("local", 1);
        node.addProperty("nodeid", 0);
        JsonArray out = new JsonArray();
        out.add(node);
        return new Answer.Data(out);
    }
}
