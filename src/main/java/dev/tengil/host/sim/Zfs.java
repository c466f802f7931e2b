package dev.tengil.host.sim;

import dev.tengil.host.sim.zfs.ZfsProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The datasets of the world: names, inheritance, mounting, space. What zfs(8) would complain about is its callers' to say. */
public final class Zfs {

    private static final int OWN_BYTES = 98_304;

    private final World world;
    private final Table<Zdataset> datasets;
    private final Disk disk;

    /** Bytes used by each dataset and all below it, kept up with every change: a sum per question would be quadratic. */
    private final Map<String, Long> used = new HashMap<>();

    Zfs(World world, Table<Zdataset> datasets, Disk disk) {
        this.world = world;
        this.datasets = datasets;
        this.disk = disk;
        datasets.watch(this::account);
    }

    private void account(String name, @Nullable Zdataset before, @Nullable Zdataset after) {
        long delta = (after == null ? 0 : after.used()) - (before == null ? 0 : before.used());
        if (delta != 0) {
            int at = name.indexOf('@');
            used.merge(name, delta, Long::sum);
            String holder = at < 0 ? name : name.substring(0, at);
            if (at >= 0) {
                used.merge(holder, delta, Long::sum);
            }
            while (holder.indexOf('/') >= 0) {
                holder = parent(holder);
                used.merge(holder, delta, Long::sum);
            }
        }
    }

    /** A property as {@code zfs get} sees it. */
    public record Value(String value, String source) {}

    public @Nullable Zdataset get(String name) {
        return datasets.get(name);
    }

    public boolean exists(String name) {
        return datasets.contains(name);
    }

    /** The dataset and all below it, without snapshots unless asked. */
    public List<Zdataset> tree(String root, boolean snapshots) {
        List<Zdataset> found = new ArrayList<>();
        Zdataset top = datasets.get(root);
        if (top != null) {
            found.add(top);
        }
        for (Zdataset dataset : datasets.rows().tailMap(root, false).values()) {
            if (!dataset.name().startsWith(root)) {
                break;
            }
            String rest = dataset.name().substring(root.length());
            boolean snapshot = dataset.type().equals("snapshot");
            if ((rest.startsWith("/") || rest.startsWith("@")) && (snapshots || !snapshot)) {
                found.add(dataset);
            }
        }
        return found;
    }

    /** Names of the pools. */
    public List<String> pools() {
        return datasets.rows().keySet().stream()
                .filter(name -> name.indexOf('/') < 0 && name.indexOf('@') < 0)
                .toList();
    }

    public static String pool(String dataset) {
        int end = dataset.indexOf('/');
        String first = end < 0 ? dataset : dataset.substring(0, end);
        int at = first.indexOf('@');
        return at < 0 ? first : first.substring(0, at);
    }

    public static String parent(String dataset) {
        int slash = dataset.lastIndexOf('/');
        return slash < 0 ? dataset : dataset.substring(0, slash);
    }

    /** Makes a dataset that does not exist, under a parent that does, and mounts it where its properties say. */
    public void create(String name, String type, Map<String, String> properties, boolean mount) {
        long number = world.next("guid");
        Zdataset fresh = new Zdataset(
                name,
                type,
                new TreeMap<>(properties),
                new TreeMap<>(),
                false,
                Long.toUnsignedString((number * 0x9E3779B97F4A7C15L) >>> 1),
                world.now().getEpochSecond(),
                type.equals("snapshot") ? 0 : OWN_BYTES);
        datasets.put(name, fresh);
        int at = name.indexOf('@');
        if (at >= 0) {
            disk.copyFileSystem(name.substring(0, at), name);
        }
        if (type.equals("filesystem")) {
            disk.makeFileSystem(name);
            if (mount && get(name, "canmount").value().equals("on")) {
                mount(name);
            }
        }
    }

    /** Mounts a file system; false when it has no place to be mounted at. */
    public boolean mount(String name) {
        Zdataset dataset = datasets.get(name);
        String mountpoint = mountpoint(name);
        if (dataset == null || !mountpoint.startsWith("/") || dataset.mounted()) {
            return false;
        }
        if (disk.follow(mountpoint) == null) {
            disk.mkdirs(mountpoint, 0755);
        }
        datasets.put(name, dataset.withMounted(true));
        disk.mounted(mountpoint, name);
        return true;
    }

    /** Unmounts it; the directory under it stays. */
    public void unmount(String name) {
        Zdataset dataset = datasets.get(name);
        if (dataset != null && dataset.mounted()) {
            disk.unmounted(mountpoint(name), name);
            datasets.put(name, dataset.withMounted(false));
        }
    }

    /** Sets a property and moves the mounts that depend on it. */
    public void set(String name, String property, String value) {
        change(name, property, dataset -> dataset.with(property, value));
    }

    /** Takes a local property away. */
    public void inherit(String name, String property) {
        change(name, property, dataset -> dataset.without(property));
    }

    private void change(String name, String property, java.util.function.UnaryOperator<Zdataset> edit) {
        List<String> moved = new ArrayList<>();
        List<String> left = new ArrayList<>();
        if (property.equals("mountpoint") || property.equals("canmount")) {
            for (Zdataset below : tree(name, false)) {
                if (property.equals("mountpoint") && below.type().equals("filesystem")) {
                    left.add(mountpoint(below.name()));
                }
                if (below.mounted()) {
                    moved.add(below.name());
                }
            }
            moved.reversed().forEach(this::unmount);
        }
        Zdataset dataset = datasets.get(name);
        if (dataset != null) {
            datasets.put(name, edit.apply(dataset));
        }
        // zfs takes away the directories that it mounted on, also where nothing was mounted, if nothing lies in them.
        left.reversed().stream()
                .filter(place -> place.startsWith("/") && !disk.mounts().containsKey(place))
                .filter(place -> !place.equals(mountpoint(name)) && isEmptyDirectory(place))
                .forEach(disk::remove);
        for (String each : moved) {
            if (get(each, "canmount").value().equals("on")) {
                mount(each);
            }
        }
        if (property.equals("mountpoint")
                && moved.isEmpty()
                && get(name, "canmount").value().equals("on")) {
            mount(name);
        }
    }

    private boolean isEmptyDirectory(String path) {
        Inode inode = disk.get(path);
        return inode != null
                && inode.kind() == Inode.Kind.DIRECTORY
                && disk.list(path).isEmpty();
    }

    /** Removes one dataset without children. */
    public void destroy(String name) {
        Zdataset dataset = datasets.get(name);
        if (dataset == null) {
            return;
        }
        if (dataset.mounted()) {
            String mountpoint = mountpoint(name);
            unmount(name);
            if (disk.list(mountpoint).isEmpty()) {
                disk.remove(mountpoint);
            }
        }
        datasets.remove(name);
        disk.removeFileSystem(name);
    }

    /** Snapshots of the same dataset that were made after this one, oldest first. */
    public List<String> laterSnapshots(String snapshot) {
        String of = snapshot.substring(0, snapshot.indexOf('@') + 1);
        Zdataset before = datasets.get(snapshot);
        return datasets.rows().tailMap(of, true).values().stream()
                .takeWhile(each -> each.name().startsWith(of))
                .filter(each -> before != null && each.created() > before.created())
                .sorted(java.util.Comparator.comparingLong(Zdataset::created))
                .map(Zdataset::name)
                .toList();
    }

    /** The files of a dataset become those that a snapshot of it remembers. */
    public void rollback(String snapshot) {
        String name = snapshot.substring(0, snapshot.indexOf('@'));
        disk.removeFileSystem(name);
        disk.copyFileSystem(snapshot, name);
    }

    /** Gives a dataset and all below it another name. */
    public void rename(String from, String to) {
        List<Zdataset> tree = tree(from, true);
        List<String> mounted = new ArrayList<>();
        for (Zdataset dataset : tree.reversed()) {
            if (dataset.mounted()) {
                mounted.addFirst(to + dataset.name().substring(from.length()));
                String mountpoint = mountpoint(dataset.name());
                unmount(dataset.name());
                if (disk.list(mountpoint).isEmpty()) {
                    disk.remove(mountpoint);
                }
            }
        }
        for (Zdataset dataset : tree) {
            String renamed = to + dataset.name().substring(from.length());
            Zdataset now = datasets.get(dataset.name());
            if (now != null) {
                datasets.remove(dataset.name());
                datasets.put(renamed, now.withName(renamed));
                disk.renameFileSystem(dataset.name(), renamed);
            }
        }
        mounted.forEach(this::mount);
    }

    /** A property of an existing dataset with its source; {@code -} where there is none. */
    public Value get(String name, String property) {
        Zdataset dataset = datasets.get(name);
        return dataset == null ? new Value("-", "-") : ZfsProperties.get(this, dataset, property);
    }

    /** Where it is or would be mounted; {@code none} or {@code legacy} where it would not. */
    public String mountpoint(String name) {
        return get(name, "mountpoint").value();
    }

    /** Bytes that a dataset and all below it use. */
    public long used(String name) {
        return used.getOrDefault(name, 0L);
    }

    /** Bytes of a pool that are not used. */
    public long free(String pool) {
        return Math.max(0, size(pool) - used(pool));
    }

    /** Bytes that datasets of a pool may still take: the pool keeps some back for itself. */
    public long usable(String pool) {
        long size = size(pool);
        long kept = Math.min(size / 2, Math.clamp(size / 32, 128L << 20, 128L << 30));
        return Math.max(0, size - kept - used(pool));
    }

    /** Bytes of a pool. */
    public long size(String pool) {
        String size = world.fact("pool." + pool + ".size");
        return size == null ? 0 : Long.parseLong(size);
    }

    /** All rows. */
    public NavigableMap<String, Zdataset> all() {
        return datasets.rows();
    }
}
