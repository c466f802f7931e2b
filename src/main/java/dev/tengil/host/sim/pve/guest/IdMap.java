package dev.tengil.host.sim.pve.guest;

import java.util.ArrayList;
import java.util.List;

/**
 * Which ids on disk are which ids inside a container, at one of its mounts. Without ranges an unprivileged container's N is 100000+N on
 * disk; a mount's {@code idmap} gives some ids of the container other ids on that disk (pve-container LXC.pm, resolve_mountpoint_idmap).
 *
 * @param shifted whether the container is unprivileged
 * @param mapped whether the mount has an idmap of its own: then an id that it does not know is none at all
 */
record IdMap(boolean shifted, boolean mapped, List<Range> users, List<Range> groups) {

    private static final int SHIFT = 100_000;
    private static final int IDS = 65_536;

    /** What the container sees where an id on disk is none of its own. */
    static final int NOBODY = 65_534;

    /** So many ids from {@code inside} on are those from {@code disk} on. */
    record Range(int inside, int disk, int count) {}

    /**
     * @param idmap as the mount's string has it, empty for none
     */
    static IdMap of(boolean unprivileged, String idmap) {
        List<Range> users = new ArrayList<>();
        List<Range> groups = new ArrayList<>();
        if (unprivileged && idmap.equals("passthrough")) {
            users.add(new Range(0, 0, IDS));
            groups.add(new Range(0, 0, IDS));
        } else if (unprivileged && !idmap.isEmpty()) {
            for (String item : idmap.split(";", -1)) {
                String[] parts = item.split(":", -1);
                (parts[0].equals("u") ? users : groups)
                        .add(new Range(
                                Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3])));
            }
        }
        return new IdMap(unprivileged, !users.isEmpty() || !groups.isEmpty(), users, groups);
    }

    /** The first thing that is wrong with ranges of one kind: two that share an id on either side; empty for nothing. */
    static String overlap(String idmap) {
        IdMap map = of(true, idmap);
        for (List<Range> ranges : List.of(map.users(), map.groups())) {
            for (int i = 0; i < ranges.size(); i++) {
                for (Range other : ranges.subList(i + 1, ranges.size())) {
                    Range one = ranges.get(i);
                    if (share(one.inside(), other.inside(), one, other)
                            || share(one.disk(), other.disk(), one, other)) {
                        return "overlapping idmap ranges";
                    }
                }
            }
        }
        return "";
    }

    private static boolean share(int start, int otherStart, Range one, Range other) {
        return start < otherStart + other.count() && otherStart < start + one.count();
    }

    /** The id on disk of a user or group of the container. */
    int onDisk(boolean user, int inside) {
        for (Range range : user ? users : groups) {
            if (inside >= range.inside() && inside < range.inside() + range.count()) {
                return range.disk() + inside - range.inside();
            }
        }
        return shifted ? SHIFT + inside : inside;
    }

    /** The id inside of a user or group on disk; -1 when it is none of the container's. */
    int inside(boolean user, int disk) {
        List<Range> ranges = user ? users : groups;
        for (Range range : ranges) {
            if (disk >= range.disk() && disk < range.disk() + range.count()) {
                return range.inside() + disk - range.disk();
            }
        }
        if (!shifted) {
            return disk;
        }
        int inside = disk - SHIFT;
        return inside >= 0 && inside < IDS && onDisk(user, inside) == disk ? inside : -1;
    }
}
