package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.facts.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file that keeps a dataset from being mounted, and uses its files all the same. */
final class NeverMounted implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        Map<DatasetName, FieldValue> closed = new HashMap<>();
        SortedMap<DatasetName, String> used = new TreeMap<>();
        for (DatasetResource dataset : preflight.of(DatasetResource.class)) {
            FieldValue canmount = dataset.owned().get("zfs.canmount");
            if (canmount != null
                    && staysClosed(
                            canmount.canonical(), preflight.facts().datasets().get(dataset.name()))) {
                closed.put(dataset.name(), canmount);
                if (dataset.mode() != null
                        || dataset.owner() != null
                        || !dataset.acl().isEmpty()) {
                    used.put(dataset.name(), "its owner, mode or ACL");
                }
            }
        }
        for (Use use : Use.all(preflight)) {
            if (use.opens() && closed.containsKey(use.dataset())) {
                used.put(use.dataset(), use.who());
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        used.forEach((name, who) -> {
            FieldValue canmount = closed.get(name);
            if (canmount != null) {
                found.add(Diagnostic.error(
                                "dataset.not-mounted",
                                "dataset " + name + " is not to be mounted (canmount=" + canmount.shown() + "), and "
                                        + who
                                        + (who.startsWith("its ")
                                                ? " are those of its mounted directory"
                                                : " needs it"))
                        .at(canmount.span())
                        .help("Take canmount out, or what uses the dataset."));
            }
        });
        return found;
    }

    /** One that somebody mounted by hand stays mounted with noauto; what is not mounted now is said elsewhere. */
    private static boolean staysClosed(String canmount, @org.jspecify.annotations.Nullable Dataset found) {
        return switch (canmount) {
            case "off" -> found == null || found.mounted();
            case "noauto" -> found == null;
            default -> false;
        };
    }
}
