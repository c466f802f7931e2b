package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units of systemd: those that packages bring, those in {@code /etc/systemd/system}, and one for each container that runs. */
final class Units {

    static final String FOLDER = "/etc/systemd/system";
    private static final String STATES = "unit-states";
    private static final String LOADED = "unit-files";

    /** Units of packages, and whether these start them. */
    private static final Map<String, String> OF_PACKAGES = Map.of(
            "smbd.service", "samba",
            "nmbd.service", "samba",
            "nfs-server.service", "nfs-kernel-server",
            "nfs-kernel-server.service", "nfs-kernel-server",
            "nftables.service", "nftables",
            "pvedaemon.service", "pve-manager",
            "pveproxy.service", "pve-manager",
            "pvestatd.service", "pve-manager");

    private final World world;

    Units(World world) {
        this.world = world;
    }

    /** A unit's whole name: one without a suffix is a service. */
    static String full(String name) {
        return name.matches(".*\\.(?:service|socket|timer|path|mount|target|slice)") ? name : name + ".service";
    }

    /** Lines of its file; empty for one that has none here. */
    List<String> file(String unit) {
        Inode file = world.disk().follow(FOLDER + "/" + unit);
        Inode template = world.disk().follow(FOLDER + "/" + unit.replaceFirst("@[^.]*\\.", "@."));
        Inode found = file != null ? file : template;
        return found == null || found.kind() != Inode.Kind.FILE
                ? List.of()
                : found.content().text().lines().map(String::strip).toList();
    }

    boolean exists(String unit) {
        String pkg = OF_PACKAGES.get(unit);
        return (pkg != null && world.texts("packages").contains(pkg))
                || !file(unit).isEmpty()
                || guest(unit) != null;
    }

    /** The number of the container that a unit is for; null for another unit. */
    private static @Nullable String guest(String unit) {
        return unit.matches("pve-container@[1-9]\\d{2,8}\\.service") ? unit.replaceAll("\\D", "") : null;
    }

    /** active, inactive or failed. */
    String state(String unit) {
        String guest = guest(unit);
        if (guest != null) {
            return world.texts("running").contains(guest) ? "active" : "inactive";
        }
        String state = world.texts(STATES).get(unit);
        boolean started = OF_PACKAGES.containsKey(unit) && exists(unit) && !unit.equals("nftables.service");
        return state != null && exists(unit) ? state : started ? "active" : "inactive";
    }

    void state(String unit, String state) {
        world.texts(STATES).put(unit, state);
    }

    /** Values of a key in a unit's file, as systemd reads them: an empty one forgets those before. */
    List<String> values(String unit, String key) {
        List<String> values = new ArrayList<>();
        for (String line : file(unit)) {
            if (line.startsWith(key + "=")) {
                String value = line.substring(key.length() + 1).strip();
                if (value.isEmpty()) {
                    values.clear();
                } else {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** Targets that want it once it is enabled. */
    List<String> wantedBy(String unit) {
        return values(unit, "WantedBy").stream()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .toList();
    }

    static String link(String target, String unit) {
        return FOLDER + "/" + target + ".wants/" + unit;
    }

    /** enabled, disabled or static. */
    String enabled(String unit) {
        if (file(unit).isEmpty()) {
            return unit.equals("nftables.service") || guest(unit) != null ? "disabled" : "enabled";
        }
        List<String> targets = wantedBy(unit);
        return targets.isEmpty()
                ? "static"
                : targets.stream().allMatch(target -> world.disk().get(link(target, unit)) != null)
                        ? "enabled"
                        : "disabled";
    }

    /** Whether its file is another than when systemd read it; reads it if it never did. */
    boolean changed(String unit) {
        String now = String.join("\n", file(unit));
        String loaded = world.texts(LOADED).get(unit);
        if (loaded == null) {
            world.texts(LOADED).put(unit, now);
        }
        return loaded != null && !loaded.equals(now);
    }

    void reload() {
        List.copyOf(world.texts(LOADED).rows().keySet())
                .forEach(unit -> world.texts(LOADED).remove(unit));
    }
}
