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
