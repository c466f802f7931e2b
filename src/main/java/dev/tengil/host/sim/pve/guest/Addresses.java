package dev.tengil.host.sim.pve.guest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which address an interface of a running container has: the static one, or a lease that its MAC keeps. */
public final class Addresses {

    private static final String LEASES = "leases";
    private static final int FIRST_LEASE = 100;

    /** One interface as it is seen from inside. */
    public record Interface(
            String name, String mac, @Nullable String v4, List<String> v6) {}

    private Addresses() {}

    /** The interfaces besides {@code lo}, in the order of their keys. */
    public static List<Interface> of(Proxmox pve, Section section) {
        return section.options().entrySet().stream()
                .filter(option -> option.getKey().matches("net\\d+"))
                .map(option -> seen(pve, section, NetString.read(option.getValue())))
                .toList();
    }

    private static Interface seen(Proxmox pve, Section section, Map<String, String> net) {
        String mac = net.getOrDefault("hwaddr", "").toLowerCase(Locale.ROOT);
        String ip = net.getOrDefault("ip", "manual");
        boolean configured = isConfigured(section, net);
        String v4 = !configured || ip.equals("manual") ? null : ip.equals("dhcp") ? lease(pve, net) : ip;
        return new Interface(net.getOrDefault("name", "eth0"), mac, v4, v6(pve, net, mac));
    }

    /** Those that it makes of its MAC: one for each network that is announced, and the one of the wire alone, last. */
    private static List<String> v6(Proxmox pve, Map<String, String> net, String mac) {
        List<String> all = new ArrayList<>();
        String local = linkLocal(mac);
        Bridges.Bridge bridge = Bridges.find(pve, net.getOrDefault("bridge", ""));
        String prefix = bridge == null ? null : bridge.prefix6();
        if (prefix != null) {
            all.add(prefix.replaceFirst("::/.*", "::") + local.substring("fe80::".length()) + "/64");
        }
        all.add(local + "/64");
        return all;
    }

    /** Somebody must set the address: the host, or the distribution inside. */
    private static boolean isConfigured(Section section, Map<String, String> net) {
        return net.getOrDefault("host-managed", "0").equals("1")
                || !section.get("ostype", "unmanaged").equals("unmanaged");
    }

    /** The address that this MAC was given, or is given now; null where nothing hands out any. */
    static @Nullable String lease(Proxmox pve, Map<String, String> net) {
        Bridges.Bridge bridge = Bridges.find(pve, net.getOrDefault("bridge", ""));
        String cidr = bridge == null ? null : bridge.cidr();
        if (bridge == null || !bridge.dhcp()) {
            return null;
        }
        String network = cidr == null ? "192.168.1.10/24" : cidr;
        String mac = net.getOrDefault("hwaddr", "");
        String known = pve.world().texts(LEASES).get(bridge.name() + " " + mac);
        if (known != null) {
            return known;
        }
        String prefix = network.substring(0, network.lastIndexOf('.') + 1);
        String mask = network.substring(network.indexOf('/'));
        Set<String> taken = new HashSet<>(pve.world().texts(LEASES).rows().values());
        for (int vmid : pve.guests().all()) {
            pve.guests().load(vmid).current().options().forEach((key, value) -> {
                if (key.matches("net\\d+")) {
                    taken.add(NetString.read(value).getOrDefault("ip", ""));
                }
            });
        }
        int host = FIRST_LEASE;
        while (taken.contains(prefix + host + mask)) {
            host++;
        }
        String lease = prefix + host + mask;
        pve.world().texts(LEASES).put(bridge.name() + " " + mac, lease);
        return lease;
    }

    /** The address that an interface makes of its own MAC (RFC 4291, appendix A). */
    private static String linkLocal(String mac) {
        String[] bytes = mac.split(":", -1);
        if (bytes.length != 6) {
            return "fe80::1";
        }
        int first = Integer.parseInt(bytes[0], 16) ^ 2;
        return String.format(
                Locale.ROOT,
                "fe80::%x:%xff:fe%s:%x",
                (first << 8) | Integer.parseInt(bytes[1], 16),
                Integer.parseInt(bytes[2], 16),
                bytes[3],
                Integer.parseInt(bytes[4] + bytes[5], 16));
    }
}
