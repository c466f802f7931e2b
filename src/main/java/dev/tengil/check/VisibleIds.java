package dev.tengil.check;

import dev.tengil.resource.Owner;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Mount;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids on disk that a container has at a mount. Its root may write wherever owner and group are both among them; all others are nobody.
 *
 * @param all whether it has every id, as privileged containers do
 */
record VisibleIds(boolean all, List<Range> users, List<Range> groups) {
    private static final int IDS = 65_536;

    /** From the first id on disk, so many. */
    record Range(int first, int count) {
        boolean has(int id) {
            return id >= first && id - first < count;
        }
    }

    static VisibleIds of(Container container, Mount mount) {
        if ("raw".equals(container.choices().get("id_mode"))) {
            return new VisibleIds(true, List.of(), List.of());
        }
        List<Range> users = new ArrayList<>();
        List<Range> groups = new ArrayList<>();
        String idmap = mount.idmap();
        if ("passthrough".equals(idmap)) {
            users.add(new Range(0, IDS));
            groups.add(new Range(0, IDS));
        } else {
            users.add(new Range(Owner.UNPRIVILEGED_OFFSET, IDS));
            groups.add(new Range(Owner.UNPRIVILEGED_OFFSET, IDS));
            add(idmap, users, groups);
        }
        return new VisibleIds(false, users, groups);
    }

    /** {@code u:INSIDE:ON DISK:COUNT}, and the same with g. */
    private static void add(@Nullable String idmap, List<Range> users, List<Range> groups) {
        if (idmap == null) {
            return;
        }
        for (String item : idmap.split(";", -1)) {
            String[] parts = item.split(":", -1);
            if (parts.length == 4 && parts[2].matches("\\d{1,9}") && parts[3].matches("\\d{1,9}")) {
                Range range = new Range(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
                (parts[0].equals("u") ? users : groups).add(range);
            }
        }
    }

    private boolean user(int id) {
        return users.stream().anyMatch(range -> range.has(id));
    }

    private boolean group(int id) {
        return groups.stream().anyMatch(range -> range.has(id));
    }

    /** Whether anybody in the container may write there. */
    boolean canWrite(PathInfo path) {
        if (all || (path.mode() & 0002) != 0) {
            return true;
        }
        if (user(path.uid()) && ((path.mode() & 0200) != 0 || group(path.gid()))) {
            return true;
        }
        if (group(path.gid()) && (path.mode() & 0020) != 0) {
            return true;
        }
        return path.acl().stream().anyMatch(this::lets);
    }

    /** {@code user:1000:rwx}. */
    private boolean lets(String entry) {
        String[] parts = entry.split(":", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,9}") || !parts[2].contains("w")) {
            return false;
        }
        int id = Integer.parseInt(parts[1]);
        return parts[0].equals("user") ? user(id) : parts[0].equals("group") && group(id);
    }
}
