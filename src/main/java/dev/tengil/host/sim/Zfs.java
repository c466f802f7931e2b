package dev.tengil.host.sim;

import dev.tengil.host.sim.zfs.ZfsProperties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The datasets of the world: names, inheritance, mounting, space. What zfs(8) would complain about is its callers' to say. */
public final class Zfs {

    /** Bytes of an empty dataset. */
    public static final int OWN_BYTES = 98_304;

    /** As zfs prints them: a dataset, its snapshots by age, then what is below it. */
    public static final Comparator<Zdataset> ORDER = Comparator.comparing(Zfs::beforeSnapshot)
            .thenComparingLong(Zdataset::created)
            .thenComparing(Zdataset::name);

    private final World world;
    private final Table<Zdataset> datasets;
    private final Disk disk;

    private final Map<String, Long> reserved = new HashMap<>();

    /** Bytes used by each dataset and all below it, kept up with every change: a sum per question would be quadratic. */
    private final Map<String, Long> used = new HashMap<>();

    Zfs(World world, Table<Zdataset> datasets, Disk disk) {
        this.world = world;
        this.datasets = datasets;
        this.disk = disk;
        datasets.watch(this::account);
    }

    /** The names of snapshots end where their own part begins, with what sorts before every letter. */
    private static String beforeSnapshot(Zdataset dataset) {
        int at = dataset.name().indexOf('@');
        return at < 0 ? dataset.name() : dataset.name().substring(0, at) + '\0';
    }

    private void account(String name, @Nullable Zdataset before, @Nullable Zdataset after) {
        String reservation = after == null ? null : after.properties().get("reservation");
        if (reservation == null || reservation.equals("0")) {
            reserved.remove(name);
        } else {
            reserved.put(name, Long.parseLong(reservation));
        }
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
        List<Zdataset> found = unordered(root, snapshots);
        if (snapshots) {
            found.sort(ORDER);
        }
        return found;
    }

    private List<Zdataset> unordered(String root, boolean snapshots) {
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
                0,
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
            if (mount && get(name, "canmount").value().equals("on") && isCovering(name)) {
                mount(name);
            }
        }
    }

    /** Makes a dataset of a stream of this snapshot that carries the properties: they are received, not set. */
    public void receive(String snapshot, String name) {
        int at = snapshot.indexOf('@');
        Zdataset source = datasets.get(snapshot.substring(0, at));
        create(name, "filesystem", Map.of(), false);
        Zdataset fresh = datasets.get(name);
        if (source != null && fresh != null) {
            datasets.put(name, fresh.withReceived(source.properties()));
        }
        create(name + snapshot.substring(at), "snapshot", Map.of(), false);
        mount(name);
    }

    /** Makes a dataset of what a snapshot holds. */
    public void clone(String snapshot, String name) {
        create(name, "filesystem", Map.of("origin", snapshot), false);
        disk.copyFileSystem(snapshot, name);
        mount(name);
    }

    /** So many bytes of its own data are in a dataset. */
    public void use(String name, long bytes) {
        Zdataset dataset = datasets.get(name);
        if (dataset != null) {
            datasets.put(name, dataset.withUsed(bytes));
        }
    }

    /** Mounts a file system; false when it has no place to be mounted at, or its key is not loaded. */
    public boolean mount(String name) {
        Zdataset dataset = datasets.get(name);
        String mountpoint = mountpoint(name);
        if (dataset == null || !mountpoint.startsWith("/") || dataset.mounted() || isLocked(name)) {
            return false;
        }
        if (disk.follow(mountpoint) == null) {
            disk.mkdirs(mountpoint, 0755);
        }
        datasets.put(name, dataset.withMountOrder(world.next("mount")));
        disk.mounted(mountpoint, name);
        return true;
    }

    /** Whether its property allows it to be mounted where something lies already. */
    public boolean isCovering(String name) {
        return get(name, "overlay").value().equals("on")
                || disk.list(mountpoint(name)).isEmpty();
    }

    /** Whether another dataset is mounted over it, so that nothing gets at it. */
    public boolean isCovered(String name) {
        Zdataset dataset = datasets.get(name);
        return dataset != null
                && dataset.mounted()
                && !name.equals(disk.mounts().get(mountpoint(name)));
    }

    public boolean isLocked(String name) {
        return get(name, "keystatus").value().equals("unavailable");
    }

    /** Something runs in it or has a file of it open. */
    public boolean isBusy(String name) {
        return world.fact("busy." + name) != null || world.texts("open").contains(name);
    }

    /** Unmounts it; the directory under it stays. */
    public void unmount(String name) {
        Zdataset dataset = datasets.get(name);
        if (dataset != null && dataset.mounted()) {
            String mountpoint = mountpoint(name);
            datasets.put(name, dataset.withMountOrder(0));
            disk.unmounted(mountpoint, name);
        }
    }

    /** As {@link #unmount}; the directory goes, too, unless somebody chose it. */
    private void leave(String name) {
        Value mountpoint = get(name, "mountpoint");
        unmount(name);
        String path = mountpoint.value();
        boolean ours = path.startsWith("/") && !mountpoint.source().equals("local");
        if (ours && !disk.mounts().containsKey(path) && isEmptyDirectory(path)) {
            disk.remove(path);
        }
    }

    /** Sets a property and moves the mounts that depend on it. */
    public void set(String name, String property, String value) {
        change(name, property, dataset -> dataset.with(property, value));
    }

    /** Takes a property away: what is above it holds. */
    public void inherit(String name, String property) {
        change(name, property, dataset -> dataset.without(property));
    }

    /** Takes a local property away: what was received holds. */
    public void revert(String name, String property) {
        change(name, property, dataset -> dataset.reverted(property));
    }

    private void change(String name, String property, UnaryOperator<Zdataset> edit) {
        if (property.equals("mountpoint")) {
            moving(name, edit);
            return;
        }
        Zdataset before = datasets.get(name);
        if (before != null) {
            datasets.put(name, edit.apply(before));
        }
        if (property.equals("canmount") && get(name, "canmount").value().equals("off")) {
            unmount(name);
        }
    }

    /** All below it moves along, and what may be mounted by itself is, whether it was or not. */
    private void moving(String name, UnaryOperator<Zdataset> edit) {
        List<Zdataset> tree = tree(name, false);
        tree.reversed().forEach(each -> leave(each.name()));
        Zdataset dataset = datasets.get(name);
        if (dataset != null) {
            datasets.put(name, edit.apply(dataset));
        }
        for (Zdataset each : tree) {
            String canmount = get(each.name(), "canmount").value();
            if (canmount.equals("on") || (canmount.equals("noauto") && each.mounted())) {
                mount(each.name());
            }
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
            leave(name);
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
                leave(dataset.name());
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
        for (Zdataset clone : List.copyOf(datasets.rows().values())) {
            String origin = clone.properties().getOrDefault("origin", "");
            if (origin.startsWith(from + "@") || origin.startsWith(from + "/")) {
                datasets.put(clone.name(), clone.with("origin", to + origin.substring(from.length())));
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

    /** Bytes that are kept for datasets of the pool other than this one and those above it, as far as these have not used them. */
    public long reservedBesides(String name) {
        long kept = 0;
        for (Map.Entry<String, Long> other : reserved.entrySet()) {
            boolean mine = name.equals(other.getKey()) || name.startsWith(other.getKey() + "/");
            if (!mine && pool(other.getKey()).equals(pool(name))) {
                kept += Math.max(0, other.getValue() - used(other.getKey()));
            }
        }
        return kept;
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
