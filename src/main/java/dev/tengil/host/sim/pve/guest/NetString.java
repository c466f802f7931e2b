package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.World;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Network interfaces of a container as Proxmox stores them: always with a MAC and a type. */
final class NetString {

    private NetString() {}

    static Map<String, String> read(String text) {
        return GuestOptions.NET.values(text);
    }

    /** The stored form; an interface without MAC gets a new one. */
    static String stored(World world, String text) {
        Map<String, String> values = new LinkedHashMap<>(read(text));
        values.computeIfAbsent("hwaddr", _ -> mac(world));
        values.put("hwaddr", values.get("hwaddr").toUpperCase(Locale.ROOT));
        values.put("type", "veth");
        return print(values);
    }

    static String print(Map<String, String> values) {
        return GuestOptions.NET.print(values);
    }

    private static String mac(World world) {
        String prefix = world.fact("mac_prefix");
        StringBuilder mac = new StringBuilder(prefix == null ? "BC:24:11" : prefix);
        long mixed = world.next("mac") * 0x9E3779B97F4A7C15L + seed(world);
        for (int shift = 16; mac.length() < 17; shift += 8) {
            mac.append(String.format(Locale.ROOT, ":%02X", (mixed >>> shift) & 0xff));
        }
        return mac.toString();
    }

    private static long seed(World world) {
        String seed = world.fact("seed");
        return seed == null ? 0 : seed.hashCode();
    }
}
