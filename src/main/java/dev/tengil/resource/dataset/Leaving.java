package dev.tengil.resource.dataset;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Dataset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A dataset that left the file loses our mark and keeps its data; only one that was named for it, and is not protected, goes. */
final class Leaving {

    /** Whether it must not be destroyed; what was applied counts, so that lifting it is a decision of its own. */
    static final String PROTECT = "protect";

    private Leaving() {}

    /** The step, or null after saying why there is none. */
    static @Nullable Step step(AppliedResource left, PlanContext context) {
        DatasetName name = DatasetName.of(left.address().name());
        Dataset found = context.facts().datasets().get(name);
        boolean allowed = context.options().allowDestroy().contains(left.address());
        if (allowed && found != null) {
            return destroying(left, name, context);
        }
        Change change = new Change(
                left.address(),
                Action.FORGET,
                List.of(),
                List.of(found == null ? "it is gone from the host already" : "it stays on the host with all its data"),
                null,
                null,
                null);
        return Step.of(change, Phase.CHANGE, found == null ? List.of() : DatasetCommands.forget(name), Set.of());
    }

    private static @Nullable Step destroying(AppliedResource left, DatasetName name, PlanContext context) {
        boolean below = context.facts().datasets().keySet().stream().anyMatch(other -> other.isBelow(name));
        if (!"false".equals(left.choice(PROTECT)) || below) {
            context.diagnostics()
                    .add(
                            Diagnostic.error(
                                            "dataset.protected",
                                            below
                                                    ? name + " holds other datasets and is not destroyed"
                                                    : name + " is protected and is not destroyed")
                                    .help(
                                            below
                                                    ? "Destroy those first, or leave it: without --allow-destroy it is only forgotten."
                                                    : "Put it back into the file with protect: false, apply, and then take it out."));
            return null;
        }
        Change change = new Change(
                left.address(),
                Action.DESTROY,
                List.of(),
                List.of("a last snapshot cannot outlive its dataset: its data is renamed aside to "
                        + DatasetCommands.aside(name, context) + " and not mounted"),
                null,
                null,
                null);
        // What uses it has to go first, and cannot be known from here: so everything else that is to be destroyed does.
        Set<Address> others = context.options().allowDestroy().stream()
                .filter(address -> !address.kind().equals(left.address().kind()))
                .collect(Collectors.toSet());
        return Step.of(change, Phase.CHANGE, DatasetCommands.destroy(name, context), others);
    }
}
