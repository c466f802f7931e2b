package dev.tengil.check;

import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A pool that answers no more, takes no writes or is full makes the first command on it hang or fail. */
final class PoolHealth implements Rule {
    /** Above this ZFS looks long for free space, and everything becomes slow. */
    private static final double ALMOST_FULL = 0.9;

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        SortedMap<String, List<Use>> byPool = new TreeMap<>();
        Use.all(preflight)
                .forEach(use -> byPool.computeIfAbsent(use.dataset().pool(), pool -> new ArrayList<>())
                        .add(use));
        List<Diagnostic> found = new ArrayList<>();
        byPool.forEach((name, uses) -> {
            Pool pool = preflight.facts().pools().get(name);
            if (pool != null) {
                look(pool, uses, preflight, found);
            }
        });
        return found;
    }

    private static void look(Pool pool, List<Use> uses, Preflight preflight, List<Diagnostic> found) {
        Use fresh = first(uses, Use::fresh);
        Use writes = first(uses, use -> use.fresh() && use.writes());
        switch (pool.health()) {
            case "SUSPENDED", "FAULTED", "UNAVAIL" -> {
                BiFunction<String, String, Diagnostic> said = saying(fresh);
                found.add(said.apply(
                                "pool.suspended",
                                "the pool " + pool.name() + " is " + pool.health()
                                        + why(fresh, ", and whatever touches it waits without end"))
                        .help("Its disks are gone or fail. Look: zpool status -x " + pool.name()
                                + ". With the disks back: zpool clear " + pool.name()));
                return;
            }
            case "DEGRADED" ->
                found.add(Diagnostic.warning(
                                "pool.degraded",
                                "the pool " + pool.name() + " is DEGRADED: a disk of it is missing or fails")
                        .help("All of it still works, with less or no protection. Look: zpool status -x "
                                + pool.name()));
            default -> {
                // ONLINE
            }
        }
        if (pool.readonly() && writes != null) {
            BiFunction<String, String, Diagnostic> said = saying(writes);
            found.add(said.apply(
                            "pool.readonly", "the pool " + pool.name() + " is imported read-only" + why(writes, ""))
                    .help("Import it for writing: zpool export " + pool.name() + " && zpool import " + pool.name()));
            return;
        }
        space(pool, writes, preflight, found);
    }

    private static void space(Pool pool, @Nullable Use writes, Preflight preflight, List<Diagnostic> found) {
        Dataset root = preflight.facts().datasets().get(DatasetName.of(pool.name()));
        if (root != null && root.available() == 0 && writes != null) {
            BiFunction<String, String, Diagnostic> said = saying(writes);
            found.add(said.apply("pool.full", "the pool " + pool.name() + " is full" + why(writes, ""))
                    .help(
                            "Make room first: delete what nobody needs, and snapshots that still hold it. See: zfs list -o space -r "
                                    + pool.name()));
        } else if (pool.size() > 0 && pool.free() < pool.size() * (1 - ALMOST_FULL)) {
            found.add(Diagnostic.warning(
                            "pool.almost-full",
                            "the pool " + pool.name() + " is more than 90 % full: "
                                    + new ByteSize(pool.free()).rounded() + " of "
                                    + new ByteSize(pool.size()).rounded() + " are free")
                    .help("ZFS becomes slow from there on. Make room or add disks before it is full."));
        }
    }

    /** What would fail is an error; what has been so before is only told. */
    private static BiFunction<String, String, Diagnostic> saying(@Nullable Use use) {
        return (code, message) -> use == null
                ? Diagnostic.warning(code, message)
                : Diagnostic.error(code, message).at(use.span());
    }

    private static String why(@Nullable Use use, String otherwise) {
        return use == null ? otherwise : ", and " + use.who() + " needs it";
    }

    private static @Nullable Use first(List<Use> uses, Predicate<Use> which) {
        return uses.stream().filter(which).findFirst().orElse(null);
    }
}
