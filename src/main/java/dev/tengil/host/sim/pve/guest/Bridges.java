package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network bridges of the node: a list of {@code {name, cidr, gateway, ports, dhcp}}, or of bare names. */
public final class Bridges {

    private static final String USUAL = "192.168.1.10/24";

    /**
     * A bridge.
     *
     * @param cidr the node's own address on it, null for none
     * @param dhcp whether something on it hands out addresses
     * @param prefix6 the IPv6 network that a router announces on it, {@code fd00:1::/64}; null for none
     */
    public record Bridge(
            String name,
            @Nullable String cidr,
            @Nullable String gateway,
            String ports,
            boolean dhcp,
            @Nullable String prefix6) {}

    private Bridges() {}

    public static List<Bridge> of(Proxmox pve) {
        List<Bridge> bridges = new ArrayList<>();
        JsonElement described = pve.described("bridges");
        if (described instanceof JsonArray list) {
            list.forEach(each -> bridges.add(bridge(each)));
        } else if (described instanceof JsonObject map) {
            map.asMap().forEach((name, value) -> {
                JsonObject object = value instanceof JsonObject given ? given.deepCopy() : new JsonObject();
                object.addProperty("name", name);
                bridges.add(bridge(object));
            });
        } else {
            bridges.add(new Bridge("vmbr0", USUAL, "192.168.1.1", "eno1", true, null));
        }
        return bridges;
    }

    private static Bridge bridge(JsonElement element) {
        if (!(element instanceof JsonObject object)) {
            return new Bridge(element.getAsString(), null, null, "", true, null);
        }
        JsonElement dhcp = object.get("dhcp");
        String ports = text(object, "ports");
        return new Bridge(
                String.valueOf(text(object, "name")),
                text(object, "cidr"),
                text(object, "gateway"),
                ports == null ? "" : ports,
                dhcp == null || dhcp.getAsBoolean(),
                text(object, "prefix6"));
    }

    private static @Nullable String text(JsonObject object, String key) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? null : value.getAsString();
    }

    public static @Nullable Bridge find(Proxmox pve, String name) {
        return of(pve).stream()
                .filter(bridge -> bridge.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
