package dev.tengil.check;

import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.facts.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** ZFS takes no quota below what is in use, and no reservation above what is free. */
final class Limits implements Rule {
    /** A limit, and what it is measured by. */
    private static final Map<String, String> QUOTAS = Map.of("quota", "used", "refquota", "referenced");

    private static final String RESERVATION = "reservation";

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        List<Diagnostic> found = new ArrayList<>();
        SortedMap<String, Long> reserved = new TreeMap<>();
        for (DatasetResource dataset : preflight.of(DatasetResource.class)) {
            Dataset present = preflight.facts().datasets().get(dataset.name());
            if (present != null) {
                QUOTAS.forEach((quota, measure) -> quota(dataset, present, quota, measure, found));
            }
            reservation(dataset, present, preflight, reserved, found);
        }
        return found;
    }

    private static void quota(
            DatasetResource dataset, Dataset present, String quota, String measure, List<Diagnostic> found) {
        FieldValue wanted = dataset.owned().get("zfs." + quota);
        long limit = bytes(wanted);
        long used = bytes(present, measure);
        if (wanted != null && limit > 0 && limit < used && limit != bytes(present, quota)) {
            found.add(Diagnostic.error(
                            "dataset.quota-below-use",
                            "dataset " + dataset.name() + " holds " + size(used) + " already, more than its " + quota
                                    + " of " + size(limit))
                    .at(wanted.span())
                    .help("Say a larger " + quota
                            + ":, or delete something first; snapshots count too. See: zfs list -o space "
                            + dataset.name()));
        }
    }

    /** What is reserved above is there for all below, so only the outermost of them take from the pool. */
    private static void reservation(
            DatasetResource dataset,
            @Nullable Dataset present,
            Preflight preflight,
            SortedMap<String, Long> reserved,
            List<Diagnostic> found) {
        FieldValue wanted = dataset.owned().get("zfs." + RESERVATION);
        if (wanted == null) {
            return;
        }
        DatasetName name = dataset.name();
        long more = bytes(wanted) - (present == null ? 0 : bytes(present, RESERVATION));
        Dataset root = preflight.facts().datasets().get(DatasetName.of(name.pool()));
        boolean inside = preflight.of(DatasetResource.class).stream()
                .anyMatch(other -> name.isBelow(other.name()) && other.owned().containsKey("zfs." + RESERVATION));
        if (root == null || more <= 0 || inside) {
            return;
        }
        long all = reserved.merge(name.pool(), more, Long::sum);
        if (all > root.available()) {
            found.add(Diagnostic.error(
                            "dataset.reservation-exceeds",
                            "dataset " + name + " reserves " + size(bytes(wanted))
                                    + (all > more ? ", with others before it " + size(all) : "") + ", and the pool "
                                    + name.pool() + " has " + size(root.available()) + " left")
                    .at(wanted.span())
                    .help("Say a smaller reservation:."));
        }
    }

    private static long bytes(Dataset dataset, String property) {
        Dataset.Property found = dataset.properties().get(property);
        return found == null || !found.value().matches("\\d{1,18}") ? 0 : Long.parseLong(found.value());
    }

    private static long bytes(@Nullable FieldValue value) {
        return value == null || !value.canonical().matches("\\d{1,18}") ? 0 : Long.parseLong(value.canonical());
    }

    private static String size(long bytes) {
        return new ByteSize(bytes).rounded();
    }
}
