package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mounts of a container, in the order in which Proxmox makes them: root disk, then mp0, mp1… by number. */
final class Mounts {

    /**
     * One of them.
     *
     * @param key rootfs or mpN
     * @param values its string, taken apart
     */
    record Mount(String key, Map<String, String> values) {
        Volume volume() {
            return MountString.volume(values);
        }

        String target() {
            return key.equals("rootfs") ? "/" : values.getOrDefault("mp", "/");
        }
    }

    /** Root disk, then mp0, mp1… by number. */
    static final Comparator<String> ORDER =
            Comparator.comparingInt(key -> key.equals("rootfs") ? -1 : Integer.parseInt(key.substring(2)));

    private static final int CONTAINER_ROOT = 100_000;
    private static final String ENTRY = "entry";
    private static final String OPTIONAL = "optional";
    private static final int OTHERS_MAY_PASS = 0001;
    private static final int OWNER_MAY_PASS = 0100;

    private Mounts() {}

    static List<Mount> of(Section section) {
        List<Mount> mounts = new ArrayList<>();
        section.options().forEach((key, value) -> {
            if (MountString.isMount(key)) {
                mounts.add(new Mount(key, MountString.read(value)));
            }
        });
        mounts.sort(Comparator.comparing(Mount::key, ORDER));
        return mounts;
    }

    /** Binds that raw lines ask for, as LXC makes them behind all others (lxc.container.conf(5), {@code lxc.mount.entry}). */
    static List<Mount> entries(Section section) {
        List<Mount> entries = new ArrayList<>();
        for (Section.Raw raw : section.raw()) {
            String[] words = raw.value().split("\\s+", -1);
            if (raw.key().equals("lxc.mount.entry")
                    && words.length > 3
                    && List.of(words[3].split(",", -1)).contains("bind")) {
                boolean readOnly = List.of(words[3].split(",", -1)).contains("ro");
                entries.add(new Mount(
                        ENTRY + entries.size(),
                        Map.of(
                                "volume",
                                words[0].replace("\\040", " "),
                                "mp",
                                "/" + words[1].replace("\\040", " "),
                                "ro",
                                readOnly ? "1" : "0",
                                OPTIONAL,
                                words[3].contains(OPTIONAL) ? "1" : "0")));
            }
        }
        return entries;
    }

    /**
     * Whether LXC can make a bind of an entry: it does so as the container's root, who is nobody special on the host.
     */
    static boolean isReachable(World world, Mount entry, boolean unprivileged) {
        String path = entry.values().getOrDefault("volume", "");
        if (world.disk().follow(path) == null) {
            return false;
        }
        for (int slash = path.indexOf('/', 1); unprivileged && slash > 0; slash = path.indexOf('/', slash + 1)) {
            Inode above = world.disk().follow(path.substring(0, slash));
            boolean own = above != null && above.uid() == CONTAINER_ROOT;
            if (above == null || (above.mode() & (own ? OWNER_MAY_PASS : OTHERS_MAY_PASS)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the container starts without it. */
    static boolean isOptional(Mount entry) {
        return "1".equals(entry.values().get(OPTIONAL));
    }

    /** Why a bind source cannot be mounted, null when it can (LXC.pm, walk_tree_nofollow). */
    static @Nullable String wrongSource(World world, String path) {
        StringBuilder walked = new StringBuilder();
        for (String part : path.substring(1).split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            walked.append('/').append(part);
            Inode inode = world.disk().get(walked.toString());
            if (inode == null) {
                return "directory '" + path + "' does not exist";
            }
            if (inode.kind() == Inode.Kind.SYMLINK) {
                return "symlink encountered at: " + walked;
            }
            if (inode.kind() != Inode.Kind.DIRECTORY) {
                return "directory '" + path + "' does not exist";
            }
        }
        return null;
    }

    /** The symlink on the way to a mount's target inside the root disk, null for none. */
    static @Nullable String symlinkAt(World world, String root, String target) {
        StringBuilder walked = new StringBuilder(root);
        for (String part : target.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            walked.append('/').append(part);
            Inode inode = world.disk().get(walked.toString());
            if (inode != null && inode.kind() == Inode.Kind.SYMLINK) {
                return walked.toString();
            }
        }
        return null;
    }
}
