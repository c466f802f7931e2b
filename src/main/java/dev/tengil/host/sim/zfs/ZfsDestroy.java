package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code zfs destroy}. */
final class ZfsDestroy {

    private ZfsDestroy() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(words, "fnpRrv");
        if (options.problem() != null || options.operands().size() != 1) {
            String problem = options.problem() != null ? options.problem() : "missing dataset argument";
            return ZfsProgram.usage(call, problem, "destroy [-fnpRrv] <filesystem|volume>");
        }
        String name = options.operands().getFirst();
        Zfs zfs = call.world().zfs();
        if (!zfs.exists(name)) {
            return call.fail(
                    1,
                    name.contains("@")
                            ? "could not find any snapshots to destroy; check snapshot names."
                            : "cannot open '" + name + "': dataset does not exist");
        }
        List<Zdataset> tree = zfs.tree(name, true);
        boolean deep = options.has('r') || options.has('R');
        if (name.indexOf('/') < 0 && name.indexOf('@') < 0 && !deep) {
            call.err("cannot destroy '" + name + "': operation does not apply to pools");
            call.err("use 'zfs destroy -r " + name + "' to destroy all datasets in the pool");
            return call.fail(1, "use 'zpool destroy " + name + "' to destroy the pool itself");
        }
        String sort =
                zfs.tree(name, false).isEmpty() ? "filesystem" : tree.getFirst().type();
        if (tree.size() > 1 && !deep) {
            call.err("cannot destroy '" + name + "': " + sort + " has children");
            call.err("use '-r' to destroy the following datasets:");
            dependents(zfs, name).forEach(call::err);
            return 1;
        }
        List<String> clones = clones(zfs, tree);
        if (!clones.isEmpty() && !options.has('R')) {
            call.err("cannot destroy '" + name + "': " + (name.contains("@") ? "snapshot" : sort)
                    + " has dependent clones");
            call.err("use '-R' to destroy the following datasets:");
            clones.forEach(call::err);
            return 1;
        }
        if (options.has('n')) {
            tree.reversed().forEach(each -> told(call, options, each));
            return 0;
        }
        List<Zdataset> datasets = name.contains("@") ? List.of() : zfs.tree(name, false);
        if (datasets.isEmpty()) {
            return one(call, options, List.of(), tree);
        }
        for (Zdataset each : datasets.reversed()) {
            List<Zdataset> snapshots = zfs.tree(each.name(), true).stream()
                    .filter(below -> below.name().startsWith(each.name() + "@"))
                    .toList();
            int exit = one(call, options, snapshots, List.of(each));
            if (exit != 0) {
                return exit;
            }
        }
        return 0;
    }

    /** What is below it first, then its snapshots, as zfs_iter_dependents() goes. */
    private static List<String> dependents(Zfs zfs, String name) {
        List<String> names = new ArrayList<>();
        List<Zdataset> tree = zfs.tree(name, true);
        for (Zdataset each : tree) {
            if (Zfs.parent(each.name()).equals(name) && !each.name().contains("@")) {
                names.addAll(dependents(zfs, each.name()));
                names.add(each.name());
            }
        }
        tree.stream()
                .map(Zdataset::name)
                .filter(each -> each.startsWith(name + "@"))
                .forEach(names::add);
        return names;
    }

    /** Snapshots first, all of them or none, then what they are of. What was destroyed before a refusal stays so. */
    private static int one(Call call, Options options, List<Zdataset> snapshots, List<Zdataset> last) {
        for (List<Zdataset> together : List.of(snapshots, last)) {
            for (Zdataset each : together) {
                String problem = refusal(call, each);
                if (problem != null) {
                    return call.fail(1, problem);
                }
            }
            for (Zdataset each : together) {
                told(call, options, each);
                call.world().zfs().destroy(each.name());
            }
        }
        return 0;
    }

    private static @Nullable String refusal(Call call, Zdataset dataset) {
        Zfs zfs = call.world().zfs();
        String name = dataset.name();
        if (!zfs.get(name, "userrefs").value().matches("[0-]")) {
            return "cannot destroy snapshot " + name + ": it's being held. Run 'zfs holds -r " + name
                    + "' to see holders.";
        }
        String stuck = ZfsMount.problem(zfs, List.of(dataset));
        if (stuck != null) {
            return stuck;
        }
        if ("on".equals(call.world().fact("pool." + Zfs.pool(name) + ".readonly"))) {
            return "cannot destroy '" + name + "': pool is read-only";
        }
        if (call.world().texts("bound").contains(dataset.guid())) {
            // As the real one: what a container still sees is left unmounted here, though not destroyed.
            zfs.unmount(name);
            return "cannot destroy '" + name + "': dataset is busy";
        }
        return null;
    }

    /** What was cloned of these and is not among them. */
    private static List<String> clones(Zfs zfs, List<Zdataset> tree) {
        List<String> names = tree.stream().map(Zdataset::name).toList();
        return zfs.all().values().stream()
                .filter(each -> names.contains(each.properties().getOrDefault("origin", "")))
                .map(Zdataset::name)
                .filter(each -> !names.contains(each))
                .toList();
    }

    private static void told(Call call, Options options, Zdataset each) {
        if (options.has('v')) {
            call.out(options.has('p') ? "destroy\t" + each.name() : "will destroy " + each.name());
        }
    }
}
