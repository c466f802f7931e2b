package dev.tengil.check;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.storage.StorageResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Root disks that will be made must fit their storage together; the kind has looked at each of them alone. */
final class DiskSpace implements Rule {
    /** These give out space as it is written, so more may be promised than there is. */
    private static final Set<String> THIN = Set.of("zfspool", "lvmthin", "rbd", "btrfs");

    private record Room(String type, long available) {}

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        Map<String, List<Container>> byStorage = new TreeMap<>();
        for (Container container : preflight.containers()) {
            Container.Root root = container.root();
            if (root != null && preflight.isNew(container)) {
                byStorage
                        .computeIfAbsent(root.storage(), id -> new ArrayList<>())
                        .add(container);
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        byStorage.forEach((id, containers) -> {
            Room room = room(preflight, id);
            long needed = containers.stream().mapToLong(DiskSpace::size).sum();
            if (room != null && needed > room.available()) {
                found.add(diagnostic(id, containers, needed, room));
            }
        });
        return found;
    }

    private static Diagnostic diagnostic(String id, List<Container> containers, long needed, Room room) {
        boolean thin = THIN.contains(room.type());
        String message = "the root disks that will be made on " + id + " need " + new ByteSize(needed).rounded()
                + " together, and it has " + new ByteSize(room.available()).rounded() + " left";
        String which = containers.stream()
                .map(container -> container.name() + " " + new ByteSize(size(container)).rounded())
                .collect(Collectors.joining(", "));
        return thin
                ? Diagnostic.warning("storage.disks-exceed", message)
                        .at(containers.getLast().span())
                        .help(
                                "Space is taken only as it is written, so they can be made; when it runs out, all of them stop writing. Smaller disk: or another storage: avoids that. They are: "
                                        + which + ".")
                : Diagnostic.error("storage.disks-exceed", message)
                        .at(containers.getLast().span())
                        .help("Say a smaller disk:, or another storage:. They are: " + which + ".");
    }

    private static long size(Container container) {
        Container.Root root = container.root();
        return root == null ? 0 : root.bytes();
    }

    /** Of a storage that will be made: what its pool has. */
    private static @Nullable Room room(Preflight preflight, String id) {
        Storage storage = preflight.facts().storages().get(id);
        if (storage != null) {
            return new Room(storage.type(), storage.available());
        }
        for (StorageResource made : preflight.of(StorageResource.class)) {
            Dataset pool = preflight.facts().datasets().get(made.pool());
            if (made.id().equals(id) && pool != null) {
                return new Room("zfspool", pool.available());
            }
        }
        return null;
    }
}
