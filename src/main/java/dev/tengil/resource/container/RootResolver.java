package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.Need;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.Storage;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds the storage and the size of the root disk. */
final class RootResolver {
    private static final long GIB = 1L << 30;
    private static final long DEFAULT_SIZE = 8 * GIB;

    private RootResolver() {}

    static Container.@Nullable Root resolve(Scope scope) {
        Located<ByteSize> disk =
                scope.asked.one(ContainerKeys.DISK, OldContainerKeys.RESOURCES, OldContainerKeys.R_DISK);
        if (disk == null) {
            disk = scope.orDefault(ContainerKeys.DISK);
        }
        if (scope.existing) {
            return disk == null
                    ? null
                    : new Container.Root(present(scope), disk.value().bytes(), true);
        }
        String storage = storage(scope);
        if (storage == null) {
            return null;
        }
        long bytes = disk == null ? DEFAULT_SIZE : disk.value().bytes();
        Storage known = scope.facts().storages().get(storage);
        if (scope.made() && known != null && known.available() < bytes) {
            scope.error(
                    "container.no-space",
                    "the root disk of " + scope.asked.name() + " needs " + new ByteSize(bytes).rounded() + ", and "
                            + storage + " has " + new ByteSize(known.available()).rounded() + " left",
                    disk == null ? scope.asked.span() : disk.span(),
                    "Say a smaller disk:, or another storage:.");
        }
        scope.choices.put("storage", storage);
        return new Container.Root(storage, bytes, disk != null);
    }

    /** The storage on which the container lies now; empty for one without a config of this node. */
    private static String present(Scope scope) {
        GuestConf conf = scope.conf();
        String rootfs = conf == null ? null : conf.option("rootfs");
        return rootfs == null || rootfs.indexOf(':') < 0 ? "" : rootfs.substring(0, rootfs.indexOf(':'));
    }

    private static @Nullable String storage(Scope scope) {
        Located<String> asked = scope.orDefault(ContainerKeys.STORAGE);
        if (asked != null) {
            Storage storage = scope.facts().storages().get(asked.value());
            AppliedResource ours = scope.context.applied().get(new Address("storage", asked.value()));
            if (storage != null && fits(storage)) {
                String pool = ours == null ? null : ours.fields().get("pool");
                if (pool != null) {
                    need(scope, asked, DatasetName.of(pool));
                }
                return asked.value();
            }
            DatasetName dataset = dataset(scope);
            if (storage == null && dataset != null) {
                need(scope, asked, DatasetName.of(dataset.pool()));
                return asked.value();
            }
            scope.error(
                    "container.no-storage",
                    storage == null
                            ? "there is no storage \"" + asked.value() + "\""
                                    + Nearest.suggestion(
                                            asked.value(),
                                            scope.facts().storages().keySet())
                            : "the storage \"" + asked.value() + "\" cannot hold containers now",
                    asked.span(),
                    "It must be active and have the content rootdir. See: pvesm status --content rootdir");
            return null;
        }
        String chosen = scope.chosen("storage");
        if (chosen != null) {
            return chosen;
        }
        String present = present(scope);
        if (!present.isEmpty()) {
            return present;
        }
        DatasetName dataset = dataset(scope);
        for (Storage storage : scope.facts().storages().values()) {
            String pool = storage.pool();
            if (fits(storage)
                    && dataset != null
                    && pool != null
                    && (pool.equals(dataset.pool()) || pool.startsWith(dataset.pool() + "/"))) {
                return storage.id();
            }
        }
        Storage local = scope.facts().storages().get("local-zfs");
        if (local != null && fits(local)) {
            return local.id();
        }
        Storage largest = scope.facts().storages().values().stream()
                .filter(RootResolver::fits)
                .max(Comparator.comparingLong(Storage::available))
                .orElse(null);
        if (largest == null) {
            scope.error(
                    "container.no-storage",
                    "no storage of the host can hold containers",
                    scope.asked.span(),
                    "Name one with storage:, or add one in Proxmox with the content rootdir.");
            return null;
        }
        return largest.id();
    }

    /** The storage is one of tengil's own, made or to be made. */
    private static void need(Scope scope, Located<String> asked, DatasetName pool) {
        scope.needs.add(new Need.OfStorage(scope.address, asked.value(), pool, asked.span()));
    }

    private static @Nullable DatasetName dataset(Scope scope) {
        return scope.asked.all().stream()
                .map(Declaration::dataset)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean fits(Storage storage) {
        return storage.active() && storage.content().contains("rootdir");
    }
}
