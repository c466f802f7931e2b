package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.facts.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whoever binds or shares the path of a dataset that is not mounted gets the empty directory below it, and writes onto the system disk.
 */
final class Mounted implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        SortedMap<DatasetName, Use> worst = new TreeMap<>();
        SortedMap<DatasetName, Dataset> closed = new TreeMap<>();
        for (Use use : Use.all(preflight)) {
            Dataset dataset = closed(use, preflight);
            if (dataset != null) {
                closed.put(dataset.name(), dataset);
                worst.merge(dataset.name(), use, (a, b) -> a.fresh() ? a : b);
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        closed.forEach((name, dataset) -> {
            Use use = worst.get(name);
            if (use != null) {
                found.add(diagnostic(dataset, use));
            }
        });
        return found;
    }

    /** The dataset that must be opened first; of one that will be made, that is the nearest above it that exists. */
    private static @Nullable Dataset closed(Use use, Preflight preflight) {
        Dataset found = preflight.facts().datasets().get(use.dataset());
        if (found != null) {
            boolean closed = use.opens() && !found.mounted() && found.mountpoint() != null && !found.volume();
            return closed ? found : null;
        }
        for (DatasetName above = use.dataset(); !above.isPoolRoot(); above = above.parent()) {
            Dataset parent = preflight.facts().datasets().get(above.parent());
            if (parent != null) {
                return locked(parent) ? parent : null;
            }
        }
        return null;
    }

    private static boolean locked(Dataset dataset) {
        Dataset.Property key = dataset.properties().get("keystatus");
        return key != null && key.value().equals("unavailable");
    }

    private static Diagnostic diagnostic(Dataset dataset, Use use) {
        BiFunction<String, String, Diagnostic> said = use.fresh() ? Diagnostic::error : Diagnostic::warning;
        String name = dataset.name().value();
        String needs = ", and " + use.who() + " needs " + (use.dataset().equals(dataset.name()) ? "it" : "it open");
        if (locked(dataset)) {
            return said.apply("dataset.locked", "dataset " + name + " is encrypted and its key is not loaded" + needs)
                    .at(use.span())
                    .help("Unlock it: zfs mount -l " + name);
        }
        Dataset.Property canmount = dataset.properties().get("canmount");
        boolean off = canmount != null && canmount.value().equals("off");
        return said.apply("dataset.not-mounted", "dataset " + name + " is not mounted" + needs)
                .at(use.span())
                .help(
                        off
                                ? "It may not be mounted (canmount=off). If it holds data of its own: zfs set canmount=on "
                                        + name + " && zfs mount " + name
                                : "Mount it: zfs mount " + name + ". If that fails, something else stands at "
                                        + dataset.mountpoint() + ".");
    }
}
