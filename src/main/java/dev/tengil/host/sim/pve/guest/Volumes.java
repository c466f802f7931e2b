package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes, finds and frees the volumes of containers (pve-storage ZFSPoolPlugin.pm, DirPlugin.pm). */
final class Volumes {

    private static final int CONTAINER_ROOT = 100_000;
    private final World world;
    private final Storages storages;

    Volumes(Proxmox pve) {
        this.world = pve.world();
        this.storages = pve.storages();
    }

    /** Makes the next free {@code disk-N} of a container. */
    Volume.Stored allocate(Volume.New wanted, int vmid, boolean unprivileged, Consumer<String> log) {
        Storage storage = storages.get(wanted.storage());
        if (!storage.isZfs()) {
            return image(storage, wanted.size(), vmid, log);
        }
        if (!world.zfs().exists(storage.pool())) {
            throw PveFailure.of("zfs error: cannot create '" + storage.pool() + "/subvol-" + vmid
                    + "-disk-0': parent does not exist");
        }
        int number = 0;
        while (world.zfs().exists(storage.pool() + "/subvol-" + vmid + "-disk-" + number)) {
            number++;
        }
        Volume.Stored volume = new Volume.Stored(storage.id(), "subvol-" + vmid + "-disk-" + number);
        if (world.zfs().free(Zfs.pool(storage.pool())) < 1 << 20) {
            throw PveFailure.of(
                    "zfs error: cannot create '" + storage.pool() + "/" + volume.name() + "': out of space");
        }
        create(volume, wanted.size());
        String root = path(volume);
        if (unprivileged && root != null) {
            Inode inode = world.disk().follow(root);
            if (inode != null) {
                world.disk().put(root, inode.withOwner(CONTAINER_ROOT, CONTAINER_ROOT));
            }
        }
        return volume;
    }

    /** Makes a volume of exactly this name on a zfspool. */
    void create(Volume.Stored volume, long size) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("acltype", "posix");
        properties.put("xattr", "on");
        if (size > 0) {
            properties.put("refquota", Long.toString(size));
        }
        world.zfs().create(dataset(volume), "filesystem", properties, true);
    }

    private Volume.Stored image(Storage storage, long size, int vmid, Consumer<String> log) {
        String directory = storage.path() + "/images/" + vmid;
        int number = 0;
        while (world.disk().follow(directory + "/vm-" + vmid + "-disk-" + number + ".raw") != null) {
            number++;
        }
        String name = "vm-" + vmid + "-disk-" + number + ".raw";
        world.disk().mkdirs(directory, 0755);
        if (!world.texts("packages").contains("pve-qemu-kvm")) {
            throw PveFailure.of(
                    "unable to create image: open3: exec of /usr/bin/qemu-img create -o preallocation=off -f raw "
                            + directory + "/" + name + " " + size / 1024
                            + "K failed: No such file or directory at /usr/share/perl5/PVE/Cmd.pm line 174.");
        }
        world.disk()
                .put(
                        directory + "/" + name,
                        Inode.file(
                                dev.tengil.host.Bytes.EMPTY,
                                0640,
                                0,
                                0,
                                world.now().getEpochSecond()));
        log.accept("Formatting '" + directory + "/" + name + "', fmt=raw size=" + size + " preallocation=off");
        long blocks = size / 4096;
        log.accept("Creating filesystem with " + blocks + " 4k blocks and " + blocks / 4 + " inodes");
        log.accept("Filesystem UUID: " + uuid(world.next("uuid")));
        log.accept("Superblock backups stored on blocks: ");
        log.accept("\t" + backups(blocks));
        return new Volume.Stored(storage.id(), vmid + "/" + name);
    }

    private static String uuid(long number) {
        return java.util
                .UUID
                .nameUUIDFromBytes(Long.toString(number).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    /** ext4 keeps copies of its superblock in the groups 1, and the powers of 3, 5 and 7. */
    private static String backups(long blocks) {
        java.util.SortedSet<Long> groups = new java.util.TreeSet<>();
        for (int base : new int[] {3, 5, 7}) {
            for (long group = 1; group * 32768 < blocks; group *= base) {
                groups.add(group);
            }
        }
        return groups.stream()
                .map(group -> Long.toString(group * 32768))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    boolean exists(Volume.Stored volume) {
        Storage storage = storages.get(volume.storage());
        return storage.isZfs()
                ? world.zfs().exists(dataset(volume))
                : world.disk().follow(storage.path() + "/images/" + volume.name()) != null;
    }

    /** Frees a volume; one that is gone already counts as freed. */
    void free(Volume.Stored volume) {
        Storage storage = storages.get(volume.storage());
        if (!storage.isZfs()) {
            String file = storage.path() + "/images/" + volume.name();
            if (world.disk().follow(file) != null) {
                world.disk().remove(file);
            }
            return;
        }
        String dataset = dataset(volume);
        if (world.fact("busy." + dataset) != null) {
            throw PveFailure.of("zfs error: cannot destroy '" + dataset + "': dataset is busy");
        }
        for (Zdataset each : world.zfs().tree(dataset, true).reversed()) {
            world.zfs().destroy(each.name());
        }
    }

    void resize(Volume.Stored volume, long size) {
        if (storages.get(volume.storage()).isZfs()) {
            world.zfs().set(dataset(volume), "refquota", Long.toString(size));
        }
    }

    /** The dataset that holds a volume of a zfspool. */
    String dataset(Volume.Stored volume) {
        return storages.get(volume.storage()).pool() + "/" + volume.name();
    }

    /** Where the host sees what is in the volume; null when it is an image, or not mounted. */
    @Nullable
    String path(Volume.Stored volume) {
        Storage storage = storages.get(volume.storage());
        if (!storage.isZfs()) {
            return null;
        }
        Zdataset dataset = world.zfs().get(dataset(volume));
        return dataset == null || !dataset.mounted() ? null : world.zfs().mountpoint(dataset.name());
    }
}
