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
import java.util.stream.Stream;

/**
 * What will be done, as a graph of steps, in the order in which a person reads it.
 *
 * @param steps all steps, blocked ones among them
 * @param unchanged what Applied shall hold of resources that need nothing
 * @param omitted steps that a person left out of the whole plan
 */
public record Plan(List<Step> steps, List<AppliedResource> unchanged, List<Step> omitted) {

    public Plan {
        steps = List.copyOf(steps);
        unchanged = List.copyOf(unchanged);
        omitted = List.copyOf(omitted);
    }

    /** The whole plan. */
    public Plan(List<Step> steps, List<AppliedResource> unchanged) {
        this(steps, unchanged, List.of());
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
        List<Step> out = new ArrayList<>(omitted);
        steps.stream().filter(keep.negate()).forEach(out::add);
        return new Plan(steps.stream().filter(keep).toList(), unchanged, out);
    }

    /** How many changes a person left out of the whole plan. */
    public int leftOut() {
        return omitted.stream().mapToInt(step -> step.changes().size()).sum();
    }

    /** What is left as it is: of steps that were left out, of blocked ones, and of those after them. */
    public Set<Address> notRun() {
        Set<Address> addresses = new HashSet<>();
        Stream.concat(omitted.stream(), steps.stream())
                .flatMap(step -> step.changes().stream())
                .forEach(change -> addresses.add(change.address()));
        runnable().forEach(step -> step.changes().forEach(change -> addresses.remove(change.address())));
        return addresses;
    }
}
