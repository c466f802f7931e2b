package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.pve.guest.Pools;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Rights;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of resource pools and of rights. */
final class PoolRoutes {

    private static final Property POOL = Property.required("poolid", Type.of(Format.POOL_ID));
    private static final Property COMMENT = Property.optional("comment", new Type.Text(0));

    private PoolRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(
                        Verb.GET,
                        "/pools",
                        PoolRoutes::list,
                        Property.optional("poolid", Type.of(Format.POOL_ID)),
                        Property.optional("type", Type.oneOf("qemu", "lxc", "storage"))),
                Route.of(Verb.CREATE, "/pools", PoolRoutes::create, POOL, COMMENT),
                Route.of(
                        Verb.SET,
                        "/pools",
                        PoolRoutes::change,
                        POOL,
                        COMMENT,
                        Property.optional("vms", new Type.ListOf(Format.VMID)),
                        Property.optional("storage", new Type.ListOf(Format.STORAGE_ID)),
                        Property.optional("delete", new Type.Bool()),
                        Property.optional("allow-move", new Type.Bool())),
                Route.of(Verb.DELETE, "/pools", PoolRoutes::delete, POOL),
                Route.of(
                        Verb.SET,
                        "/access/acl",
                        PoolRoutes::right,
                        Property.required("path", new Type.Text(0)),
                        Property.required("roles", new Type.Text(0)),
                        Property.optional("users", new Type.Text(0)),
                        Property.optional("groups", new Type.Text(0)),
                        Property.optional("tokens", new Type.Text(0)),
                        Property.optional("propagate", new Type.Bool()),
                        Property.optional("delete", new Type.Bool())));
    }

    private static Answer list(Request request) {
        String wanted = request.option("poolid", "");
        JsonArray out = new JsonArray();
        new Pools(request.pve()).all().forEach((pool, members) -> {
            JsonObject item = new JsonObject();
            item.addProperty("poolid", pool);
            if (pool.equals(wanted)) {
                JsonArray list = new JsonArray();
                members.forEach(member -> {
                    JsonObject each = new JsonObject();
                    each.addProperty("id", "lxc/" + member);
                    each.add("vmid", Json.scalar(member));
                    each.addProperty("type", "lxc");
                    each.addProperty("node", request.pve().node());
                    list.add(each);
                });
                item.add("members", list);
            }
            if (wanted.isEmpty() || pool.equals(wanted)) {
                out.add(item);
            }
        });
        return new Answer.Data(out);
    }

    private static Answer create(Request request) {
        new Pools(request.pve()).create(request.option("poolid", ""));
        return new Answer.Nothing();
    }

    private static Answer change(Request request) {
        Pools pools = new Pools(request.pve());
        String pool = request.option("poolid", "");
        for (String vmid : Format.split(request.option("vms", ""))) {
            int number = Integer.parseInt(vmid);
            if (request.isOn("delete")) {
                pools.remove(pool, number);
            } else {
                if (request.isOn("allow-move")) {
                    pools.removeEverywhere(number);
                }
                pools.add(pool, number);
            }
        }
        return new Answer.Nothing();
    }

    private static Answer right(Request request) {
        List<String> who = new ArrayList<>();
        Format.split(request.option("groups", "")).forEach(group -> who.add("@" + group));
        who.addAll(Format.split(request.option("tokens", "")));
        who.addAll(Format.split(request.option("users", "")));
        if (who.isEmpty()) {
            throw PveFailure.of("Parameter verification failed: either 'users', 'groups' or 'tokens' is required.");
        }
        String path = request.option("path", "");
        String roles = request.option("roles", "");
        boolean propagate = !request.option("propagate", "1").equals("0");
        Rights rights = new Rights(request.pve());
        if (request.option("delete", "0").equals("1")) {
            rights.take(path, String.join(",", who), roles, propagate);
        } else {
            rights.give(path, String.join(",", who), roles, propagate);
        }
        return new Answer.Nothing();
    }

    private static Answer delete(Request request) {
        new Pools(request.pve()).delete(request.option("poolid", ""));
        return new Answer.Nothing();
    }
}
