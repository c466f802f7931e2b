package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Span;
import dev.tengil.resource.facts.GuestConf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Works out eth0. The MAC is made here, so that it is known before the container is, and stays when it is made anew. */
final class NetResolver {
    private static final String DEFAULT_BRIDGE = "vmbr0";

    private NetResolver() {}

    /** The owned interface, or null when an existing container's is not named in the file. */
    static @Nullable PropertyString resolve(Scope scope, boolean image) {
        Located<Fields> located = scope.asked.one(ContainerKeys.NETWORK);
        Fields network = located == null ? null : located.value();
        if (scope.existing && network == null) {
            return null;
        }
        Span span = located == null ? scope.asked.span() : located.span();
        GuestConf conf = scope.conf();
        String present = conf == null ? null : conf.pending().getOrDefault("net0", conf.option("net0"));
        PropertyString before = PropertyString.parse(present == null ? "" : present);
        SortedMap<String, String> net = new TreeMap<>(scope.existing ? before.options() : Map.of());
        net.put("name", before.options().getOrDefault("name", "eth0"));
        net.put("type", "veth");
        Located<String> bridge = value(scope, network, NetworkKeys.BRIDGE);
        if (bridge != null || !net.containsKey("bridge")) {
            net.put("bridge", bridge == null ? DEFAULT_BRIDGE : bridge.value());
        }
        bridgeExists(scope, net.getOrDefault("bridge", DEFAULT_BRIDGE), bridge == null ? span : bridge.span());
        Located<String> ip = value(scope, network, NetworkKeys.IPV4);
        if (ip != null) {
            net.put("ip", ip.value());
        } else if (!net.containsKey("ip")) {
            net.put("ip", "dhcp");
        }
        boolean fixed = net.getOrDefault("ip", "").contains("/");
        Located<String> own = network == null ? null : network.get(NetworkKeys.GATEWAY4);
        Located<String> gateway = fixed ? value(scope, network, NetworkKeys.GATEWAY4) : own;
        if (gateway != null) {
            if (!fixed) {
                scope.error(
                        "container.gateway",
                        "container " + scope.asked.name() + " has a gateway and no static address",
                        gateway.span(),
                        "Give ip as an address with its prefix, or leave the gateway out: DHCP brings its own.");
            }
            net.put("gw", gateway.value());
        } else if (!fixed) {
            net.remove("gw");
        }
        if (network != null) {
            put(net, "ip6", network.value(NetworkKeys.IPV6));
            put(net, "tag", network.value(NetworkKeys.VLAN));
            put(net, "mtu", network.value(NetworkKeys.MTU));
            put(net, "firewall", bit(network.value(NetworkKeys.FIREWALL)));
        }
        Boolean managed = network == null ? null : network.value(NetworkKeys.HOST_MANAGED);
        put(net, "host-managed", managed == null ? (image ? "1" : null) : bit(managed));
        if ("auto".equals(net.get("ip6")) && "1".equals(net.get("host-managed"))) {
            scope.error(
                    "container.ip6-auto",
                    "Proxmox cannot give an address by ip6: auto to an interface that the host manages",
                    span,
                    "Write ip6: dhcp or an address, or host_managed: false.");
        }
        net.put("hwaddr", mac(scope, network, before));
        return canonical(new PropertyString("", net));
    }

    /** Off is the same as absent, and upper case the same as lower. */
    static PropertyString canonical(PropertyString net) {
        PropertyString result = net.with("type", "veth");
        for (String key : new String[] {"firewall", "host-managed", "link_down"}) {
            result = "0".equals(result.get(key)) ? result.with(key, null) : result;
        }
        String mac = result.get("hwaddr");
        return mac == null ? result : result.with("hwaddr", mac.toUpperCase(java.util.Locale.ROOT));
    }

    private static <T> @Nullable Located<T> value(Scope scope, @Nullable Fields network, Key<T> key) {
        Located<T> own = network == null ? null : network.get(key);
        Fields defaults = scope.inputs.defaults();
        return own != null || scope.existing || defaults == null ? own : defaults.get(key);
    }

    private static void put(Map<String, String> net, String key, @Nullable Object value) {
        if (value != null) {
            net.put(key, value.toString());
        }
    }

    private static @Nullable String bit(@Nullable Boolean on) {
        return on == null ? null : on ? "1" : "0";
    }

    private static void bridgeExists(Scope scope, String bridge, Span span) {
        if (!scope.facts().bridges().contains(bridge)) {
            scope.error(
                    "container.no-bridge",
                    "there is no bridge \"" + bridge + "\" on the host"
                            + Nearest.suggestion(bridge, scope.facts().bridges()),
                    span,
                    scope.facts().bridges().isEmpty()
                            ? "Make one in Proxmox first: Node, System, Network, Create, Linux Bridge."
                            : "Bridges on the host: "
                                    + String.join(", ", scope.facts().bridges()));
        }
    }

    private static String mac(Scope scope, @Nullable Fields network, PropertyString before) {
        String asked = network == null ? null : network.value(NetworkKeys.MAC);
        String present = before.get("hwaddr");
        String chosen = scope.chosen("mac");
        String mac = asked != null
                ? asked
                : present != null
                        ? present.toUpperCase(java.util.Locale.ROOT)
                        : chosen != null ? chosen : made(scope.facts().seed(), scope.asked.name());
        if (!scope.existing) {
            scope.choices.put("mac", mac);
        }
        return mac;
    }

    /** Below Proxmox's own prefix; the rest from this observation's random number and the name. */
    private static String made(long seed, String name) {
        String digest = dev.tengil.host.Bytes.of((seed + "/" + name).getBytes(StandardCharsets.UTF_8))
                .digest("SHA-256")
                .toUpperCase(java.util.Locale.ROOT);
        return "BC:24:11:" + digest.substring(0, 2) + ":" + digest.substring(2, 4) + ":" + digest.substring(4, 6);
    }
}
