package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.StateFolder;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.Storage;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a container whose place a new one takes, from before the first operation until all is done: enough to finish it,
 * and to bring the old one back.
 *
 * @param dataset the old root disk under its new name, which Proxmox takes no notice of
 * @param disk the same under the name that Proxmox knows
 * @param running whether the old container ran
 * @param update whether it is for another image
 * @param attempt counts the attempts of one generation, from 1, so that each names its snapshots anew
 */
record Aside(
        DatasetName dataset, DatasetName disk, boolean running, boolean update, int attempt, Belongings belongings) {

    private static final String DATASET = "aside";
    private static final String DISK = "aside_disk";
    private static final String RUNNING = "aside_running";
    private static final String UPDATE = "aside_update";
    private static final String ATTEMPT = "aside_attempt";
    private static final String POOL = "aside_pool";
    private static final String RIGHTS = "aside_rights";

    /** What the new container's choices hold until it is done. */
    void into(Map<String, String> choices) {
        choices.put(DATASET, dataset.value());
        choices.put(DISK, disk.value());
        choices.put(RUNNING, Boolean.toString(running));
        choices.put(UPDATE, Boolean.toString(update));
        choices.put(ATTEMPT, Integer.toString(attempt));
        if (belongings.pool() != null) {
            choices.put(POOL, belongings.pool());
        }
        if (!belongings.rights().isEmpty()) {
            choices.put(RIGHTS, String.join("\n", belongings.rights()));
        }
    }

    /** What an apply that did not come to its end was about to do to this container; null for nothing of the kind. */
    static @Nullable Aside begun(Address address, Applied applied) {
        AppliedResource intended = applied.intended().get(address);
        String dataset = intended == null ? null : intended.choice(DATASET);
        String disk = intended == null ? null : intended.choice(DISK);
        if (intended == null || dataset == null || disk == null) {
            return null;
        }
        String rights = intended.choice(RIGHTS);
        return new Aside(
                DatasetName.of(dataset),
                DatasetName.of(disk),
                "true".equals(intended.choice(RUNNING)),
                "true".equals(intended.choice(UPDATE)),
                Integer.parseInt(String.valueOf(intended.choice(ATTEMPT))),
                new Belongings(intended.choice(POOL), rights == null ? List.of() : List.of(rights.split("\n", -1))));
    }

    /** Whether the old container was brought back after that, with all that belongs to it. */
    static boolean wasPutBack(Address address, Applied applied) {
        AppliedResource intended = applied.intended().get(address);
        return intended != null && "true".equals(intended.choice(AppliedResource.PUT_BACK));
    }

    /** As {@link #begun}, but only when the old root disk lies aside: the old container cannot run any more. */
    static @Nullable Aside halfDone(Address address, Applied applied, Facts facts) {
        Aside begun = begun(address, applied);
        return begun != null && facts.datasets().containsKey(begun.dataset()) ? begun : null;
    }

    /** Where the configs of containers are kept whose disks were being set aside when an apply was cut off. */
    static SortedSet<HostPath> configs(Applied applied) {
        SortedSet<HostPath> files = new TreeSet<>();
        applied.intended().keySet().forEach(address -> {
            Aside begun = begun(address, applied);
            if (begun != null) {
                files.add(begun.config(applied.stack()));
            }
        });
        return files;
    }

    /** The pools in which disks were being set aside. */
    static SortedSet<String> pools(Applied applied) {
        SortedSet<String> pools = new TreeSet<>();
        applied.intended().keySet().forEach(address -> {
            Aside begun = begun(address, applied);
            if (begun != null) {
                pools.add(begun.dataset().pool());
            }
        });
        return pools;
    }

    /** Where the old container's config is kept; readable for root alone, since it holds the environment. */
    HostPath config(String stack) {
        return StateFolder.of(stack).resolve(dataset.leaf() + ".conf");
    }

    /** A name beside the disk that nothing has yet. */
    static DatasetName name(DatasetName disk, String vmid, int generation, Facts facts) {
        DatasetName name = disk.parent().child("tengil-aside-" + vmid + "-g" + generation);
        for (int more = 2; facts.datasets().containsKey(name); more++) {
            name = disk.parent().child("tengil-aside-" + vmid + "-g" + generation + "-" + more);
        }
        return name;
    }

    /** The dataset of a container's root disk; null where it is none. */
    static @Nullable DatasetName disk(GuestConf conf, Facts facts) {
        String rootfs =
                PropertyString.parse(String.valueOf(conf.option("rootfs"))).first();
        int colon = rootfs.indexOf(':');
        Storage storage = colon < 0 ? null : facts.storages().get(rootfs.substring(0, colon));
        String pool = storage == null || !storage.type().equals("zfspool") ? null : storage.pool();
        return pool != null
                        && DatasetName.parse(pool + "/" + rootfs.substring(colon + 1))
                                instanceof Parsed.Ok<DatasetName>(DatasetName disk)
                ? disk
                : null;
    }

    /** Whether a container has its root disk; the old one has lost it as soon as that lies aside. */
    static boolean hasDisk(GuestConf conf, Facts facts) {
        DatasetName disk = disk(conf, facts);
        return disk == null || facts.datasets().containsKey(disk);
    }
}
