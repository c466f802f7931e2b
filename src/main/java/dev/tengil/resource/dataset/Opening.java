package dev.tengil.resource.dataset;

import dev.tengil.host.Command;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A dataset that only carried others so far is mounted. What is mounted below it would be hidden by that, and files that lie there in no
 * dataset too: {@code zfs mount} says of neither that it does so, and {@code zfs get mounted} answers yes for what nobody sees any more.
 */
final class Opening {

    private Opening() {}

    /** Before it may be mounted: no file is in the way, and everything below it is taken down, the deepest first. */
    static List<Operation> before(DatasetResource wanted, Facts facts) {
        HostPath path = wanted.path();
        List<Operation> operations = new ArrayList<>();
        if (path == null) {
            return operations;
        }
        operations.add(new Operation.Run(
                "see that no file lies in " + path,
                Command.reads("find", path.value(), "-xdev", "!", "-type", "d", "-print", "-quit")
                        .withOkExits(0, 1),
                result -> result.out().isEmpty()
                        ? null
                        : result.out().strip() + " lies in no dataset of its own, and " + wanted.name() + " mounted at "
                                + path + " would hide it: move it away first",
                false));
        for (Dataset each : below(wanted, facts).reversed()) {
            if (each.mounted()) {
                operations.add(Operation.Run.of(
                        "unmount " + each.name(),
                        Command.changes("zfs", "unmount", each.name().value())));
            }
        }
        return operations;
    }

    /** It is mounted, and what is below it again, also what an apply that was cut off left unmounted. */
    static List<Operation> mount(DatasetResource wanted, Facts facts) {
        List<Operation> operations = new ArrayList<>();
        operations.add(mount(wanted.name().value()));
        below(wanted, facts).forEach(each -> operations.add(mount(each.name().value())));
        return operations;
    }

    /** Whether something below it is not mounted though it should be. */
    static boolean isUnfinished(DatasetResource wanted, Dataset found, Facts facts) {
        return !found.mounted() || below(wanted, facts).stream().anyMatch(each -> !each.mounted());
    }

    private static Operation mount(String name) {
        return new Operation.Run(
                "mount " + name,
                Command.changes("zfs", "mount", name).withOkExits(0, 1),
                result -> result.exit() == 0 || result.err().contains("already mounted")
                        ? null
                        : "zfs failed with exit code " + result.exit(),
                false);
    }

    /** What is mounted under its place or would be by itself, whoever made it; those above first. */
    private static List<Dataset> below(DatasetResource wanted, Facts facts) {
        HostPath path = Objects.requireNonNull(wanted.path());
        return facts.datasets().values().stream()
                .filter(each -> each.mountpoint() != null && each.mountpoint().isBelow(path))
                .filter(each -> each.mounted() || mountsItself(each))
                .sorted(Comparator.comparing(each -> String.valueOf(each.mountpoint())))
                .toList();
    }

    private static boolean mountsItself(Dataset dataset) {
        return "on".equals(value(dataset, "canmount")) && !"unavailable".equals(value(dataset, "keystatus"));
    }

    private static String value(Dataset dataset, String property) {
        Dataset.Property found = dataset.properties().get(property);
        return found == null ? "" : found.value();
    }
}
