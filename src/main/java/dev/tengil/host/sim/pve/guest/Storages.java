package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zfs;
import dev.tengil.host.sim.zfs.ZfsProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storages of the simulated Proxmox; {@code storage.cfg} is the truth about them. */
public final class Storages {

    private static final String FILE = "/etc/pve/storage.cfg";
    private final World world;

    Storages(World world) {
        this.world = world;
    }

    /** By id, in the order of the file. */
    public Map<String, Storage> all() {
        return StorageText.parse(text());
    }

    /** The SHA-1 of the file. */
    public String digest() {
        return text().digest("SHA-1");
    }

    private Bytes text() {
        Inode file = world.disk().follow(FILE);
        return file == null ? Bytes.EMPTY : file.content();
    }

    /** The storage of this name, or the failure that says there is none. */
    public Storage get(String id) {
        Storage storage = all().get(id);
        if (storage == null) {
            throw PveFailure.of("storage '" + id + "' does not exist");
        }
        return storage;
    }

    /** The storage if it is there. */
    public @Nullable Storage find(String id) {
        return all().get(id);
    }

    /** Adds or replaces one. */
    public void put(Storage storage) {
        Map<String, Storage> storages = new LinkedHashMap<>(all());
        storages.put(storage.id(), storage);
        save(storages);
    }

    /** Takes the definition away; what stands on it stays. */
    public void remove(String id) {
        Map<String, Storage> storages = new LinkedHashMap<>(all());
        storages.remove(id);
        save(storages);
    }

    private void save(Map<String, Storage> storages) {
        world.disk().write(FILE, StorageText.write(storages), 0640);
    }

    /** A storage for volumes of containers, or the 400 that says why it is none. */
    public Storage forContainers(String id) {
        Storage storage = get(id);
        if (!storage.isEnabled()) {
            throw PveFailure.of("storage '" + id + "' is disabled");
        }
        if (!storage.content().contains("rootdir")) {
            throw PveFailure.parameter("storage", "storage '" + id + "' does not support container directories");
        }
        return storage;
    }

    /** The file of a template, or the failure that says why there is none. */
    public String templateFile(String volid) {
        int colon = volid.indexOf(':');
        if (colon < 2) {
            throw PveFailure.of(25, "unable to parse volume ID '" + volid + "'");
        }
        Storage storage = get(volid.substring(0, colon));
        String name = volid.substring(colon + 1);
        if (!name.startsWith("vztmpl/") || name.indexOf('/', 7) >= 0 || !storage.hasPath()) {
            throw PveFailure.of("unable to parse directory volume name '" + name + "'");
        }
        return storage.templates() + "/" + name.substring("vztmpl/".length());
    }

    /** How much a storage holds: total, used, available bytes; zeros when it is not there. */
    public Space space(Storage storage) {
        if (storage.isZfs()) {
            if (!world.zfs().exists(storage.pool())) {
                return new Space(false, 0, 0);
            }
            return new Space(true, world.zfs().used(storage.pool()), world.zfs().free(Zfs.pool(storage.pool())));
        }
        Inode directory = world.disk().follow(storage.path());
        boolean there = directory != null && directory.kind() == Inode.Kind.DIRECTORY;
        if (!there) {
            return new Space(false, 0, 0);
        }
        String dataset = world.disk().datasetOf(storage.path());
        return dataset == null
                ? new Space(true, ROOT_USED, ROOT_SIZE - ROOT_USED)
                : new Space(true, world.zfs().used(dataset), ZfsProperties.available(world.zfs(), dataset));
    }

    private static final long ROOT_SIZE = 96L << 30;
    private static final long ROOT_USED = 6L << 30;

    /** What is used and free. */
    public record Space(boolean active, long used, long available) {
        public long total() {
            return used + available;
        }
    }
}
