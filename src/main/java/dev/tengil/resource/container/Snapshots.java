package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Place;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a container's data before its program is another: a snapshot of each dataset that it can write. Proxmox's own snapshots
 * are refused for every container with a bind mount.
 */
final class Snapshots {

    private final Container container;
    private final Collection<Container> all;
    private final Map<DatasetName, ?> datasets;
    private final Collection<Guest> guests;
    private final String name;

    /**
     * @param all every container of the file
     * @param datasets those of the host
     * @param guests those of the host
     * @param attempt of this generation, from 1
     */
    Snapshots(
            Container container,
            Collection<Container> all,
            Map<DatasetName, ?> datasets,
            Collection<Guest> guests,
            int generation,
            int attempt) {
        this.container = container;
        this.all = all;
        this.datasets = datasets;
        this.guests = guests;
        this.name = "tengil_g" + generation + (attempt == 1 ? "" : "_" + attempt);
    }

    /** What is written behind the {@code @}. */
    String name() {
        return name;
    }

    private static SortedMap<DatasetName, Place> written(Container container) {
        SortedMap<DatasetName, Place> written = new TreeMap<>();
        for (Mount mount : container.mounts()) {
            Place place = mount.place();
            if (place != null && !mount.readonly()) {
                written.put(place.dataset(), place);
            }
        }
        return written;
    }

    /** Those that are snapshotted with all below them. */
    List<DatasetName> tops() {
        SortedSet<DatasetName> written = new TreeSet<>(written(container).keySet());
        return written.stream()
                .filter(each -> written.stream().noneMatch(each::isBelow))
                .toList();
    }

    /** One call per pool: in one call, all are taken at the same moment. */
    List<Operation> taken() {
        SortedMap<String, List<String>> byPool = new TreeMap<>();
        tops().forEach(dataset -> byPool.computeIfAbsent(dataset.pool(), pool -> new ArrayList<>())
                .add(dataset + "@" + name));
        List<Operation> operations = new ArrayList<>();
        byPool.values().forEach(snapshots -> {
            List<String> argv = new ArrayList<>(List.of("zfs", "snapshot", "-r"));
            argv.addAll(snapshots);
            operations.add(Operation.Run.of(
                    "take a snapshot of the data of container " + container.vmid(), Command.changes(argv)));
        });
        return operations;
    }

    /** Brings the data back, where that takes nothing from others; elsewhere puts it beside. */
    List<Operation> back() {
        List<Operation> operations = new ArrayList<>();
        written(container)
                .forEach((dataset, place) -> operations.add(new Operation.DataBack(
                        "bring back the data of " + dataset,
                        dataset,
                        name,
                        dataset.parent().child(dataset.leaf() + "-before-" + name.substring("tengil_".length())),
                        isAlone(dataset, place))));
        return operations;
    }

    private boolean isAlone(DatasetName dataset, Place place) {
        boolean shared = place.shared() || !place.writers().equals(dev.tengil.resource.Writers.NONE);
        boolean others = all.stream()
                .filter(other -> !other.vmid().equals(container.vmid()))
                .flatMap(other -> other.mounts().stream())
                .map(Mount::place)
                .anyMatch(other -> other != null && other.dataset().equals(dataset));
        boolean foreign = guests.stream()
                .filter(guest -> !guest.vmid().equals(container.vmid()))
                .map(Guest::conf)
                .anyMatch(conf -> conf != null && binds(conf, place.mountpoint()));
        return !dataset.isPoolRoot() && datasets.containsKey(dataset) && !shared && !others && !foreign;
    }

    private static boolean binds(GuestConf conf, HostPath mountpoint) {
        return conf.options().entrySet().stream()
                .filter(option -> option.getKey().matches("mp\\d+"))
                .map(option -> PropertyString.parse(option.getValue()).first())
                .anyMatch(source -> source.equals(mountpoint.value()) || source.startsWith(mountpoint.value() + "/"));
    }
}
