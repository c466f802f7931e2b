package dev.tengil.host.sim.pve.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the first item of a rootfs or mpN string names (pve-container Config.pm, classify_mountpoint). */
public sealed interface Volume {

    /** A directory of the host. */
    record Bind(String path) implements Volume {}

    /** A block device of the host. */
    record Device(String path) implements Volume {}

    /** A volume that stands on a storage. */
    record Stored(String storage, String name) implements Volume {

        private static final Pattern OWNED =
                Pattern.compile("(?:.*/)?(?:vm|base|subvol|basevol)-(\\d+)-\\S+|.*:?(\\d+)/vm-\\2-.*");

        public String id() {
            return storage + ":" + name;
        }

        /** The container whose volume this is by its name, or -1. */
        public int owner() {
            Matcher owned = OWNED.matcher(name);
            if (!owned.matches()) {
                return -1;
            }
            String vmid = owned.group(1) != null ? owned.group(1) : owned.group(2);
            return vmid.length() > 9 ? -1 : Integer.parseInt(vmid);
        }
    }

    /** A volume to be made, of so many bytes. */
    record New(String storage, long size) implements Volume {}

    Pattern NEW_DISK = Pattern.compile("([^:\\s]+):(\\d+(?:\\.\\d+)?)");

    /** The volume that this text names; null for no volume at all. */
    static @Nullable Volume parse(String text) {
        if (text.startsWith("/dev/")) {
            return new Device(text);
        }
        if (text.startsWith("/")) {
            return new Bind(text);
        }
        Matcher fresh = NEW_DISK.matcher(text);
        if (fresh.matches()) {
            double gib = Double.parseDouble(fresh.group(2));
            return new New(fresh.group(1), Math.round(gib * 1024 * 1024) * 1024);
        }
        int colon = text.indexOf(':');
        return colon < 2 ? null : new Stored(text.substring(0, colon), text.substring(colon + 1));
    }
}
