package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The API as one table of endpoints. */
final class Api {

    private final List<Route> routes;

    Api() {
        List<Route> all = new ArrayList<>();
        all.addAll(ClusterRoutes.all());
        all.addAll(NodeRoutes.all());
        all.addAll(GuestRoutes.all());
        all.addAll(StorageRoutes.all());
        all.addAll(ImageRoutes.all());
        all.addAll(TaskRoutes.all());
        all.addAll(PoolRoutes.all());
        all.add(Route.of(Verb.CREATE, "/nodes/{node}/execute", new ExecuteBatch(this), ExecuteBatch.PARAMETERS));
        routes = List.copyOf(all);
    }

    List<Route> routes() {
        return routes;
    }

    /** An endpoint that was found. */
    record Found(Route route, Map<String, String> path, Parameters parameters) {}

    /** The endpoint of a path in this version of Proxmox; null when there is none. */
    @Nullable
    Found find(Proxmox pve, Verb verb, String path) {
        for (Route route : routes) {
            Map<String, String> values = route.verb() == verb ? route.match(path) : null;
            if (values != null && exists(pve, route)) {
                return new Found(route, values, route.parameters().knownTo(pve.version("pve-container")));
            }
        }
        return null;
    }

    private static boolean exists(Proxmox pve, Route route) {
        String[] since = route.since().split(" ", 2);
        return since.length < 2 || pve.atLeast(since[0], since[1]);
    }

    /** Verifies and calls. */
    Answer call(Proxmox pve, Found found, Map<String, String> options, Consumer<String> stderr) {
        SortedMap<String, String> errors = new TreeMap<>(found.parameters().errors(options));
        String vmid = found.path().get("vmid");
        if (vmid != null) {
            String wrong = Format.VMID.complaint(vmid);
            if (wrong != null) {
                errors.put("vmid", "invalid format - " + wrong + "\n");
            }
        }
        if (!errors.isEmpty()) {
            throw PveFailure.parameters(errors);
        }
        String node = found.path().get("node");
        if (node != null && !node.equals("localhost") && !node.equals(pve.node())) {
            throw PveFailure.of(
                    11,
                    "hostname lookup '" + node + "' failed - failed to get address info for: " + node
                            + ": Temporary failure in name resolution");
        }
        return found.route().endpoint().call(new Request(pve, found.path(), options, stderr));
    }
}
