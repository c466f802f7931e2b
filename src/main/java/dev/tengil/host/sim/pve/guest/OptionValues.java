package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Turns a given option into the form that is stored, or dies as Proxmox does when it cannot be. */
final class OptionValues {

    private OptionValues() {}

    /** For everything but mounts, whose volumes may have to be made first. */
    static String stored(Proxmox pve, String key, String value) {
        if (key.startsWith("net")) {
            return NetString.stored(pve.world(), value);
        }
        if (key.startsWith("dev")) {
            String path = GuestOptions.DEVICE.values(value).getOrDefault("path", "");
            if (pve.world().disk().follow(path) == null && !path.equals("/dev/null")) {
                throw PveFailure.of("Device " + path + " does not exist");
            }
            return value;
        }
        return switch (key) {
            case "tags" -> tags(value);
            case "nameserver", "searchdomain" -> String.join(" ", Format.split(value));
            case "cpuunits" -> Long.toString(Math.min(10_000, Long.parseLong(value)));
            case "hookscript" -> script(pve, value);
            case "memory", "swap", "cores", "tty" -> Long.toString(Long.parseLong(value));
            default -> value;
        };
    }

    private static String tags(String value) {
        List<String> tags = Format.split(value);
        return String.join(
                ";",
                new TreeSet<>(
                        tags.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList()));
    }

    private static String script(Proxmox pve, String volid) {
        int colon = volid.indexOf(':');
        Storage storage = pve.storages().get(volid.substring(0, colon));
        Inode file = pve.world().disk().follow(storage.path() + "/" + volid.substring(colon + 1));
        if (file == null) {
            throw PveFailure.of(2, "script '" + volid + "' does not exist");
        }
        if ((file.mode() & 0111) == 0) {
            throw PveFailure.of("script '" + volid + "' is not executable");
        }
        return volid;
    }
}
