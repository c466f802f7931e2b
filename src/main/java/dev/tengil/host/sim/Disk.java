package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.zfs.ZfsProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file system: inodes of the root file system and of every dataset, seen through the datasets that are mounted. What lies in an
 * unmounted dataset, or under a mountpoint, is there and cannot be seen.
 */
public final class Disk {

    /** In the kernel's words. */
    public static final String READ_ONLY = "Read-only file system";

    private static final char SEPARATOR = '\t';
    private static final String ROOT = "/";
    private static final int DEEPEST_LINKS = 40;

    private final World world;
    private final Table<Inode> inodes;
    private final Table<Zdataset> datasets;
    private @Nullable NavigableMap<String, String> mounts;
    private boolean covered;

    Disk(World world, Table<Inode> inodes, Table<Zdataset> datasets) {
        this.world = world;
        this.inodes = inodes;
        this.datasets = datasets;
    }

    /**
     * A place in one of the file systems.
     *
     * @param fs the dataset's name, or {@code /} for the root file system
     * @param path inside the file system, from its root on
     */
    public record Spot(String fs, String path) {
        String key() {
            return fs + SEPARATOR + path;
        }

        /** A place below this one, by a path that begins with a slash or is empty. */
        public Spot below(String rest) {
            return rest.isEmpty() ? this : new Spot(fs, path.equals("/") ? rest : path + rest);
        }
    }

    /** In which file system a path lies, links followed, and where. */
    public Spot place(String path) {
        return spot(real(path, true));
    }

    /** What a file system has at a place, whatever is mounted on it; null for nothing. */
    public @Nullable Inode at(Spot spot) {
        return inodes.get(spot.key());
    }

    /** Puts an inode at a place of a file system; its directory must exist. */
    public void put(Spot spot, Inode inode) {
        inodes.put(spot.key(), inode);
    }

    /** Removes what a file system has at a place, with all that is in it. */
    public void remove(Spot spot) {
        below(spot).forEach(inodes::remove);
        inodes.remove(spot.key());
    }

    /** Mountpoints and their datasets, without those that a later mount covers. */
    public NavigableMap<String, String> mounts() {
        NavigableMap<String, String> now = mounts;
        if (now == null) {
            now = new TreeMap<>();
            mounts = now;
            covered = false;
            datasets.rows().values().stream()
                    .filter(Zdataset::mounted)
                    .sorted(Comparator.comparingLong(Zdataset::mountOrder))
                    .forEach(dataset -> mounted(world.zfs().mountpoint(dataset.name()), dataset.name()));
        }
        return now;
    }

    /** To be called when datasets changed in a way that nobody followed: the mounts are gathered anew. */
    void remounted() {
        mounts = null;
    }

    void mounted(String mountpoint, String dataset) {
        NavigableMap<String, String> now = mounts;
        if (now != null) {
            covered |= now.put(mountpoint, dataset) != null;
            NavigableMap<String, String> below = now.subMap(mountpoint + "/", true, mountpoint + "0", false);
            covered |= !below.isEmpty();
            below.clear();
        }
    }

    /** Where one dataset was mounted over another, the lower one comes to light. */
    void unmounted(String mountpoint, String dataset) {
        NavigableMap<String, String> now = mounts;
        if (covered || (now != null && !now.remove(mountpoint, dataset))) {
            mounts = null;
        }
    }

    /** Why nothing can be made at this path, in the kernel's words; null when it can. */
    public @Nullable String refusal(String path) {
        Inode directory = follow(parent(path));
        if (directory == null) {
            return "No such file or directory";
        }
        if (directory.kind() != Inode.Kind.DIRECTORY) {
            return "Not a directory";
        }
        if (isReadOnly(parent(path))) {
            return READ_ONLY;
        }
        String dataset = datasetOf(parent(path));
        return dataset == null
                ? null
                : ZfsProperties.available(world.zfs(), dataset) <= 0 ? "No space left on device" : null;
    }

    /** Whether what stands there, or in it, cannot be changed. */
    public boolean isReadOnly(String path) {
        String dataset = datasetOf(path);
        return dataset != null
                && ("on".equals(world.fact("pool." + Zfs.pool(dataset) + ".readonly"))
                        || world.zfs().get(dataset, "readonly").value().equals("on"));
    }

    /** The dataset that holds this path; null for the root file system. */
    public @Nullable String datasetOf(String path) {
        Spot spot = spot(real(path, true));
        return spot.fs().equals(ROOT) ? null : spot.fs();
    }

    private Spot spot(String path) {
        for (String here = path; ; here = parent(here)) {
            String dataset = mounts().get(here);
            if (dataset != null) {
                String inside = path.substring(here.equals("/") ? 0 : here.length());
                return new Spot(dataset, inside.isEmpty() ? "/" : inside);
            }
            if (here.equals("/")) {
                return new Spot(ROOT, path);
            }
        }
    }

    /** What stands there, not following a link at the end; null for nothing. */
    public @Nullable Inode get(String path) {
        return raw(real(path, false));
    }

    /** What stands there, following links; null for nothing. */
    public @Nullable Inode follow(String path) {
        return raw(real(path, true));
    }

    private @Nullable Inode raw(String real) {
        Inode inode = inodes.get(spot(real).key());
        if (inode == null && real.equals("/")) {
            return Inode.directory(0755, 0, 0, 0);
        }
        return inode;
    }

    /** The path with links resolved: those on the way, and the one at the end if asked. */
    public String real(String path, boolean last) {
        return real(path, last, 0);
    }

    private String real(String path, boolean last, int depth) {
        String done = "/";
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].equals(".")) {
                continue;
            }
            if (parts[i].equals("..")) {
                done = parent(done);
                continue;
            }
            String next = done.equals("/") ? "/" + parts[i] : done + "/" + parts[i];
            Inode inode = raw(next);
            if (inode != null
                    && inode.kind() == Inode.Kind.SYMLINK
                    && (last || i < parts.length - 1)
                    && depth < DEEPEST_LINKS) {
                String target = inode.content().text();
                next = real(target.startsWith("/") ? target : done + "/" + target, true, depth + 1);
            }
            done = next;
        }
        return done;
    }

    /** Puts an inode in place; its directory must exist. */
    public void put(String path, Inode inode) {
        inodes.put(spot(real(path, false)).key(), inode);
    }

    /** Puts a new inode in place as the kernel does: its directory's setgid bit and default ACL are handed down. */
    public void make(String path, Inode fresh) {
        Inode directory = follow(parent(real(path, false)));
        put(path, directory == null ? fresh : Heritage.of(directory, fresh));
    }

    /** Writes a file, following links, keeping mode and owner of one that exists. */
    public void write(String path, Bytes content, int mode) {
        String real = real(path, true);
        Inode before = raw(real);
        if (before == null) {
            make(real, Inode.file(content, mode, 0, 0, now()));
        } else {
            put(real, before.withContent(content, now()));
        }
    }

    /** Makes a directory and those above it that are missing. */
    public void mkdirs(String path, int mode) {
        if (follow(path) == null) {
            if (!path.equals("/")) {
                mkdirs(parent(path), 0755);
            }
            make(path, Inode.directory(mode, 0, 0, now()));
        }
    }

    /** Names in a directory, sorted; empty when it is none. */
    public List<String> list(String directory) {
        return list(spot(real(directory, true)));
    }

    /** Names in a directory of a file system, sorted; empty when it is none. */
    public List<String> list(Spot spot) {
        String prefix = spot.key().endsWith("/") ? spot.key() : spot.key() + "/";
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Inode> row : inodes.rows().tailMap(prefix, false).entrySet()) {
            if (!row.getKey().startsWith(prefix)) {
                break;
            }
            String rest = row.getKey().substring(prefix.length());
            if (!rest.isEmpty() && rest.indexOf('/') < 0) {
                names.add(rest);
            }
        }
        return names;
    }

    /** Removes what stands there, with all that is in it, not following a link at the end. */
    public void remove(String path) {
        remove(spot(real(path, false)));
    }

    /** Moves a name, with all that is in it; what stood at the new one is replaced. */
    public void rename(String from, String to) {
        Spot old = spot(real(from, false));
        Spot fresh = spot(real(to, false));
        remove(to);
        for (String key : below(old)) {
            move(key, fresh.key() + key.substring(old.key().length()));
        }
        move(old.key(), fresh.key());
    }

    /** A dataset got another name: what is in it stays in it. */
    void renameFileSystem(String from, String to) {
        String prefix = from + SEPARATOR;
        for (String key : keys(prefix)) {
            move(key, to + SEPARATOR + key.substring(prefix.length()));
        }
    }

    /** A dataset is made: its root directory. */
    void makeFileSystem(String dataset) {
        inodes.put(dataset + SEPARATOR + "/", Inode.directory(0755, 0, 0, now()));
    }

    /** A snapshot remembers what is in a dataset, or a dataset is as a snapshot remembers it. */
    void copyFileSystem(String from, String to) {
        String prefix = from + SEPARATOR;
        for (String key : keys(prefix)) {
            Inode inode = inodes.get(key);
            if (inode != null) {
                inodes.put(to + SEPARATOR + key.substring(prefix.length()), inode);
            }
        }
    }

    /** A dataset is gone with all that is in it. */
    void removeFileSystem(String dataset) {
        keys(dataset + SEPARATOR).forEach(inodes::remove);
    }

    private void move(String from, String to) {
        Inode inode = inodes.get(from);
        if (inode != null) {
            inodes.remove(from);
            inodes.put(to, inode);
        }
    }

    private List<String> below(Spot spot) {
        return keys(spot.key().endsWith("/") ? spot.key() : spot.key() + "/");
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        for (String key : inodes.rows().tailMap(prefix, true).keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    private long now() {
        return world.now().getEpochSecond();
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
