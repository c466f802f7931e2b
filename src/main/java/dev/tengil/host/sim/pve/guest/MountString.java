package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.pve.schema.GuestOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The strings of rootfs and mpN: read, and printed as Proxmox stores them. */
final class MountString {

    private MountString() {}

    static boolean isMount(String key) {
        return key.equals("rootfs") || key.matches("mp\\d+");
    }

    static Map<String, String> read(String text) {
        return GuestOptions.MOUNT_POINT.values(text);
    }

    static String print(Map<String, String> values) {
        return GuestOptions.MOUNT_POINT.print(values);
    }

    /** What its first item names; dies as Proxmox does when it names nothing. */
    static Volume volume(Map<String, String> values) {
        String text = values.getOrDefault("volume", "");
        Volume volume = Volume.parse(text);
        if (volume == null) {
            throw PveFailure.of(25, "unable to parse volume ID '" + text + "'");
        }
        return volume;
    }

    /** Two ranges of a mount's idmap must have no id in common. */
    static void refuseOverlap(String key, String text) {
        String idmap = read(text).getOrDefault("idmap", "");
        String wrong = idmap.isEmpty() ? "" : IdMap.overlap(idmap);
        if (!wrong.isEmpty()) {
            throw PveFailure.parameter(key, "invalid format - " + wrong + "\n");
        }
    }

    static Volume volume(String text) {
        return volume(read(text));
    }

    /** The same values with a volume that was just made. */
    static Map<String, String> allocated(Map<String, String> values, Volume.Stored volume, long size) {
        Map<String, String> stored = new LinkedHashMap<>(values);
        stored.put("volume", volume.id());
        stored.put("size", Sizes.print(size));
        return stored;
    }
}
