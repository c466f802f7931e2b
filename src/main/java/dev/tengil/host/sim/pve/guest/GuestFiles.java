package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files as a program inside a running container meets them: through its mounts, with ids as they look inside, and refused where the
 * kernel refuses (path_permissions(7), user_namespaces(7), mount_setattr(2)).
 */
final class GuestFiles {

    static final String MISSING = "No such file or directory";
    static final String DENIED = "Permission denied";
    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int EXECUTE = 1;

    private final World world;
    private final List<LiveMounts.Live> mounts;
    private final int uid;
    private final List<Integer> groups;

    /**
     * @param uid the program's user inside
     * @param groups its group and further ones inside
     */
    GuestFiles(Proxmox pve, int vmid, int uid, List<Integer> groups) {
        this.world = pve.world();
        this.mounts = new LiveMounts(pve.world()).of(vmid);
        this.uid = uid;
        this.groups = List.copyOf(groups);
    }

    /** A path inside: by which mount it is reached, and where it is. */
    record Place(LiveMounts.Live mount, Disk.Spot spot) {}

    /** What is there, with its owner and group as they look inside. */
    record Seen(Inode inode, int uid, int gid) {}

    /** Where a path leads; null where the host sees no files of the container. */
    @Nullable
    Place place(String path) {
        String clean = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (LiveMounts.Live mount : mounts) {
            String target = mount.target();
            boolean inside = target.equals("/") || clean.equals(target) || clean.startsWith(target + "/");
            if (inside && clean.startsWith("/")) {
                String rest = clean.substring(target.equals("/") ? 0 : target.length());
                return new Place(mount, mount.root().below(rest.equals("/") ? "" : rest));
            }
        }
        return null;
    }

    /** What is at a path; null for nothing. */
    @Nullable
    Seen seen(String path) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return null;
        }
        int owner = place.mount().ids().inside(true, inode.uid());
        int group = place.mount().ids().inside(false, inode.gid());
        return new Seen(inode, owner < 0 ? IdMap.NOBODY : owner, group < 0 ? IdMap.NOBODY : group);
    }

    private @Nullable Inode inode(Place place) {
        Inode inode = world.disk().at(place.spot());
        // A directory on which the host has mounted a dataset is in the file system below, even if nobody ever looked
        // at it.
        String path = place.spot().path();
        boolean covered = inode == null
                && world.zfs().all().values().stream()
                        .anyMatch(each -> each.mounted()
                                && each.name().startsWith(place.spot().fs() + "/")
                                && world.zfs()
                                        .mountpoint(each.name())
                                        .equals(world.zfs()
                                                        .mountpoint(place.spot().fs())
                                                + path));
        return covered ? Inode.directory(0755, 0, 0, world.now().getEpochSecond()) : inode;
    }

    /** Names in a directory, sorted. */
    List<String> list(String path) {
        Place place = place(path);
        return place == null
                ? List.of()
                : new ArrayList<>(new TreeSet<>(world.disk().list(place.spot())));
    }

    /** Why nothing can be made or removed in the directory of a path; null when it can. */
    @Nullable
    String refusesChange(String path) {
        String parent = parent(path);
        Place place = place(parent);
        Inode directory = place == null ? null : inode(place);
        if (place == null || directory == null) {
            return MISSING;
        }
        if (directory.kind() != Inode.Kind.DIRECTORY) {
            return "Not a directory";
        }
        if (place.mount().readOnly()) {
            return "Read-only file system";
        }
        return may(place, directory, WRITE | EXECUTE) ? null : DENIED;
    }

    /** Why what is at a path cannot be written; null when it can. */
    @Nullable
    String refusesWrite(String path) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return refusesChange(path);
        }
        if (place.mount().readOnly()) {
            return "Read-only file system";
        }
        return may(place, inode, WRITE) ? null : DENIED;
    }

    @Nullable
    String refusesRead(String path) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return MISSING;
        }
        return may(place, inode, inode.kind() == Inode.Kind.DIRECTORY ? READ | EXECUTE : READ) ? null : DENIED;
    }

    /** Makes a file or a directory of this program's user, or writes a file that is there. */
    @Nullable
    String write(String path, Bytes content) {
        String refused = refusesWrite(path);
        if (refused == null) {
            make(path, content, Inode.Kind.FILE);
        }
        return refused;
    }

    @Nullable
    String mkdir(String path) {
        String refused = seen(path) != null ? "File exists" : refusesChange(path);
        if (refused == null) {
            make(path, Bytes.EMPTY, Inode.Kind.DIRECTORY);
        }
        return refused;
    }

    private void make(String path, Bytes content, Inode.Kind kind) {
        Place place = place(path);
        Place above = place(parent(path));
        if (place == null || above == null) {
            return;
        }
        long now = world.now().getEpochSecond();
        Inode before = inode(place);
        if (before != null) {
            world.disk()
                    .put(
                            place.spot(),
                            Inode.file(content, before.mode(), before.uid(), before.gid(), now)
                                    .withAcl(before.acl()));
            return;
        }
        Inode directory = inode(above);
        boolean passesGroup = directory != null && (directory.mode() & 02000) != 0;
        int owner = place.mount().ids().onDisk(true, uid);
        int group = passesGroup && directory != null
                ? directory.gid()
                : place.mount().ids().onDisk(false, groups.getFirst());
        world.disk()
                .put(
                        place.spot(),
                        kind == Inode.Kind.FILE
                                ? Inode.file(content, 0644, owner, group, now)
                                : Inode.directory(passesGroup ? 02755 : 0755, owner, group, now));
    }

    /** Removes it; null when that worked. */
    @Nullable
    String remove(String path) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return MISSING;
        }
        IdMap ids = place.mount().ids();
        if (ids.mapped() && (ids.inside(true, inode.uid()) < 0 || ids.inside(false, inode.gid()) < 0)) {
            return "Value too large for defined data type";
        }
        String refused = refusesChange(path);
        if (refused == null) {
            world.disk().remove(place.spot());
        }
        return refused;
    }

    /** Changes owner and group as they look inside, -1 for one that stays; null when that worked. */
    @Nullable
    String chown(String path, int newUid, int newGid) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return MISSING;
        }
        if (place.mount().readOnly()) {
            return "Read-only file system";
        }
        if (!isMine(place, inode)) {
            return "Operation not permitted";
        }
        IdMap ids = place.mount().ids();
        world.disk()
                .put(
                        place.spot(),
                        inode.withOwner(
                                newUid < 0 ? inode.uid() : ids.onDisk(true, newUid),
                                newGid < 0 ? inode.gid() : ids.onDisk(false, newGid)));
        return null;
    }

    @Nullable
    String chmod(String path, int mode) {
        Place place = place(path);
        Inode inode = place == null ? null : inode(place);
        if (place == null || inode == null) {
            return MISSING;
        }
        if (place.mount().readOnly()) {
            return "Read-only file system";
        }
        boolean owner = place.mount().ids().inside(true, inode.uid()) == uid;
        if (!owner && !isMine(place, inode)) {
            return "Operation not permitted";
        }
        world.disk().put(place.spot(), inode.withMode(mode));
        return null;
    }

    /** Root's powers reach over what has an owner and a group inside. */
    private boolean isMine(Place place, Inode inode) {
        IdMap ids = place.mount().ids();
        return uid == 0 && ids.inside(true, inode.uid()) >= 0 && ids.inside(false, inode.gid()) >= 0;
    }

    private boolean may(Place place, Inode inode, int wanted) {
        if (isMine(place, inode)) {
            return true;
        }
        IdMap ids = place.mount().ids();
        int mask = (inode.mode() >> 3) & 7;
        if (ids.inside(true, inode.uid()) == uid) {
            return allows((inode.mode() >> 6) & 7, wanted);
        }
        boolean acl = inode.acl().stream().anyMatch(entry -> entry.startsWith("mask:"));
        int owningGroup = acl ? 0 : mask;
        boolean inGroup = false;
        boolean granted = false;
        for (String entry : inode.acl()) {
            String[] parts = entry.split(":", -1);
            int rights = bits(parts[parts.length - 1]) & mask;
            if (parts[0].equals("user")
                    && parts[1].matches("\\d+")
                    && ids.inside(true, Integer.parseInt(parts[1])) == uid) {
                return allows(rights, wanted);
            }
            if (parts[0].equals("group") && parts[1].isEmpty()) {
                owningGroup = rights;
            }
            if (parts[0].equals("group")
                    && parts[1].matches("\\d+")
                    && groups.contains(ids.inside(false, Integer.parseInt(parts[1])))) {
                inGroup = true;
                granted |= allows(rights, wanted);
            }
        }
        if (groups.contains(ids.inside(false, inode.gid()))) {
            inGroup = true;
            granted |= allows(owningGroup, wanted);
        }
        return inGroup ? granted : allows(inode.mode() & 7, wanted);
    }

    private static boolean allows(int rights, int wanted) {
        return (rights & wanted) == wanted;
    }

    private static int bits(String rights) {
        return (rights.contains("r") ? READ : 0)
                | (rights.contains("w") ? WRITE : 0)
                | (rights.contains("x") ? EXECUTE : 0);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
