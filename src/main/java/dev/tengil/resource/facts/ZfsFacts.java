package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads pools and datasets: one {@code zpool list} and one {@code zfs get} for everything, never a snapshot. */
final class ZfsFacts {

    private static final List<String> ALWAYS = List.of(
            "type",
            "mounted",
            "mountpoint",
            "canmount",
            "guid",
            "available",
            "used",
            "referenced",
            "readonly",
            "keystatus",
            "acltype",
            "tengil:owner",
            "tengil:ids");

    private ZfsFacts() {}

    static Command pools() {
        return Command.reads("zpool", "list", "-Hp", "-o", "name,size,free,health,readonly,bootfs");
    }

    /** All datasets of all imported pools: names that vanished may have been renamed into another. */
    static Command datasets(Collection<String> pools, Collection<String> properties) {
        TreeSet<String> names = new TreeSet<>(ALWAYS);
        names.addAll(properties);
        return Command.reads(
                        "zfs",
                        "get",
                        "-Hp",
                        "-t",
                        "filesystem,volume",
                        "-o",
                        "name,property,value,source",
                        String.join(",", names))
                .withOkExits(0);
    }

    static SortedMap<String, Pool> readPools(Questions.Answer answer, Diagnostics diagnostics) {
        SortedMap<String, Pool> pools = new TreeMap<>();
        for (String line : answer.text().lines().toList()) {
            String[] cells = line.split("\t", -1);
            if (cells.length != 6 || !cells[1].matches("\\d+") || !cells[2].matches("\\d+")) {
                Observer.unreadable(diagnostics, answer.command(), "\"" + line + "\"");
                return pools;
            }
            pools.put(
                    cells[0],
                    new Pool(
                            cells[0],
                            Long.parseLong(cells[1]),
                            Long.parseLong(cells[2]),
                            cells[3],
                            cells[4].equals("on"),
                            !cells[5].equals("-")));
        }
        return pools;
    }

    static SortedMap<DatasetName, Dataset> readDatasets(Questions.Answer answer, Diagnostics diagnostics) {
        Map<String, SortedMap<String, Dataset.Property>> rows = new HashMap<>();
        List<String> order = new ArrayList<>();
        String text = answer.text();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
            int name = text.indexOf('\t', start);
            int property = text.indexOf('\t', name + 1);
            int value = text.indexOf('\t', property + 1);
            if (name < 0 || property < 0 || value < 0 || value > end) {
                Observer.unreadable(diagnostics, answer.command(), "\"" + text.substring(start, end) + "\"");
                return new TreeMap<>();
            }
            String shown = text.substring(property + 1, value);
            String dataset = text.substring(start, name);
            SortedMap<String, Dataset.Property> properties = rows.get(dataset);
            if (properties == null) {
                properties = new TreeMap<>();
                rows.put(dataset, properties);
                order.add(dataset);
            }
            if (!shown.equals("-")) {
                properties.put(
                        text.substring(name + 1, property),
                        new Dataset.Property(shown, text.substring(value + 1, end)));
            }
        }
        SortedMap<DatasetName, Dataset> datasets = new TreeMap<>();
        for (String name : order) {
            // A name that we would not make ourselves is left alone, and cannot be in the file either.
            if (DatasetName.parse(name) instanceof Parsed.Ok<DatasetName>(DatasetName parsed)) {
                datasets.put(parsed, dataset(parsed, rows.getOrDefault(name, new TreeMap<>())));
            }
        }
        return datasets;
    }

    private static Dataset dataset(DatasetName name, SortedMap<String, Dataset.Property> properties) {
        String available = value(properties, "available");
        return new Dataset(
                name,
                "volume".equals(value(properties, "type")),
                path(value(properties, "mountpoint")),
                "yes".equals(value(properties, "mounted")),
                String.valueOf(value(properties, "guid")),
                available == null || !available.matches("\\d{1,19}") ? 0 : Long.parseLong(available),
                properties);
    }

    private static @Nullable String value(SortedMap<String, Dataset.Property> properties, String name) {
        Dataset.Property property = properties.get(name);
        return property == null ? null : property.value();
    }

    private static @Nullable HostPath path(@Nullable String mountpoint) {
        return mountpoint != null && HostPath.parse(mountpoint) instanceof Parsed.Ok<HostPath>(HostPath path)
                ? path
                : null;
    }
}
