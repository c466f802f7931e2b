package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What will be done, as a graph of steps, in the order in which a person reads it.
 *
 * @param steps all steps, blocked ones among them
 * @param unchanged what Applied shall hold of resources that need nothing
 * @param leftOut how many changes a person left out of the whole plan
 */
public record Plan(List<Step> steps, List<AppliedResource> unchanged, int leftOut) {

    public Plan {
        steps = List.copyOf(steps);
        unchanged = List.copyOf(unchanged);
    }

    /** The whole plan. */
    public Plan(List<Step> steps, List<AppliedResource> unchanged) {
        this(steps, unchanged, 0);
    }

    /** All changes in order. */
    public List<Change> changes() {
        return steps.stream().flatMap(step -> step.changes().stream()).toList();
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** How many changes have this action and are not blocked. */
    public long count(Action action) {
        return changes().stream()
                .filter(change -> change.action() == action && change.blocked() == null)
                .count();
    }

    /** Steps that will run: neither blocked nor after a blocked one. */
    public List<Step> runnable() {
        Set<Address> held = new HashSet<>();
        steps.stream().filter(Step::isBlocked).forEach(step -> step.changes().forEach(c -> held.add(c.address())));
        boolean grown = true;
        while (grown && !held.isEmpty()) {
            grown = false;
            for (Step step : steps) {
                if (step.after().stream().anyMatch(held::contains)) {
                    for (Change change : step.changes()) {
                        grown |= held.add(change.address());
                    }
                }
            }
        }
        return steps.stream()
                .filter(step -> step.changes().stream().noneMatch(change -> held.contains(change.address())))
                .toList();
    }

    /** Resources that leave: forgotten or destroyed. */
    public long leaving() {
        return count(Action.FORGET) + count(Action.DESTROY);
    }

    /** Only the steps of these addresses and what they come after, transitively. */
    public Plan targeting(Collection<Address> targets) {
        Map<Address, Step> stepOf = new HashMap<>();
        steps.forEach(step -> step.changes().forEach(change -> stepOf.put(change.address(), step)));
        Set<Address> wanted = new HashSet<>(targets);
        List<Address> open = new ArrayList<>(targets);
        while (!open.isEmpty()) {
            Step step = stepOf.get(open.removeLast());
            if (step != null) {
                for (Address before : step.after()) {
                    if (wanted.add(before)) {
                        open.add(before);
                    }
                }
            }
        }
        return keeping(step -> isAmong(wanted, step));
    }

    /** Without the steps of these addresses, and without what needs one of them that would have been made. */
    public Plan excluding(Collection<Address> excluded) {
        Set<Address> gone = new HashSet<>(excluded);
        Set<Address> missing = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Step step : steps) {
                if (step.after().stream().anyMatch(missing::contains) || isAmong(gone, step)) {
                    for (Change change : step.changes()) {
                        gone.add(change.address());
                        grown |= change.action() == Action.CREATE && missing.add(change.address());
                    }
                }
            }
        }
        return keeping(step -> !isAmong(gone, step));
    }

    private static boolean isAmong(Set<Address> addresses, Step step) {
        return step.changes().stream().anyMatch(change -> addresses.contains(change.address()));
    }

    /** Only these steps; the others are left out. */
    public Plan keeping(Predicate<Step> keep) {
        List<Step> kept = steps.stream().filter(keep).toList();
        int changes = kept.stream().mapToInt(step -> step.changes().size()).sum();
        return new Plan(kept, unchanged, leftOut + changes().size() - changes);
    }
}
