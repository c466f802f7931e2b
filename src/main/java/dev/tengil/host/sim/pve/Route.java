package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of the API.
 *
 * @param path with placeholders, for example {@code /nodes/{node}/lxc/{vmid}/config}
 * @param parameters those that are not in the path
 * @param since the package and version that brought it, {@code "pve-container 6.0.15"}; empty for always
 */
record Route(Verb verb, String path, Parameters parameters, String since, Endpoint endpoint) {

    /** What an endpoint does. */
    interface Endpoint {
        Answer call(Request request);
    }

    static Route of(Verb verb, String path, Endpoint endpoint, Property... parameters) {
        return new Route(verb, path, Parameters.of(parameters), "", endpoint);
    }

    static Route of(Verb verb, String path, Endpoint endpoint, Parameters parameters) {
        return new Route(verb, path, parameters, "", endpoint);
    }

    Route since(String version) {
        return new Route(verb, path, parameters, version, endpoint);
    }

    /** The values of the placeholders when the path matches, else null. */
    @Nullable
    Map<String, String> match(String given) {
        String[] pattern = path.split("/", -1);
        String[] parts = given.split("/", -1);
        if (pattern.length != parts.length) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (pattern[i].startsWith("{")) {
                if (parts[i].isEmpty()) {
                    return null;
                }
                values.put(pattern[i].substring(1, pattern[i].length() - 1), parts[i]);
            } else if (!pattern[i].equals(parts[i])) {
                return null;
            }
        }
        return values;
    }
}
