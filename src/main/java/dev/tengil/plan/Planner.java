package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Resource;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks every kind what it has to do and joins the answers into one plan. */
public final class Planner {

    private final List<Kind<?>> kinds;

    /**
     * @param kinds in the order in which a person reads the plan
     */
    public Planner(List<Kind<?>> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** The plan; errors in the context's diagnostics mean that it must not be used. */
    public Plan plan(Desired desired, PlanContext context) {
        List<Step> steps = new ArrayList<>();
        List<AppliedResource> unchanged = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Kind<?> kind : kinds) {
            known.add(kind.name());
            KindPlan part = plan(kind, desired, context);
            steps.addAll(part.steps());
            unchanged.addAll(part.unchanged());
        }
        context.applied().resources().keySet().stream()
                .filter(address -> !known.contains(address.kind()))
                .forEach(address -> context.diagnostics()
                        .add(Diagnostic.error(
                                        "state.unknown-kind",
                                        "the state holds " + address + ", a kind that this tengil does not know")
                                .help("A newer tengil wrote it. Use that one, or: tg state forget " + address)));
        refuseCircles(steps, context);
        return new Plan(steps, unchanged);
    }

    private static <R extends Resource> KindPlan plan(Kind<R> kind, Desired desired, PlanContext context) {
        List<R> wanted = desired.of(kind.type());
        Set<Address> addresses = new HashSet<>();
        wanted.forEach(resource -> addresses.add(resource.address()));
        List<AppliedResource> gone = context.applied().ofKind(kind.name()).stream()
                .filter(resource -> !addresses.contains(resource.address()))
                .toList();
        return kind.plan(wanted, gone, context);
    }

    /** A circle would wait for itself forever; only {@code depends_on} and mountpoints can make one. */
    private static void refuseCircles(List<Step> steps, PlanContext context) {
        Map<Address, Step> stepOf = new HashMap<>();
        steps.forEach(step -> step.changes().forEach(change -> stepOf.put(change.address(), step)));
        Set<Address> settled = new HashSet<>();
        for (Step step : steps) {
            visit(step, stepOf, new ArrayList<>(), settled, context);
        }
    }

    private static void visit(
            Step step, Map<Address, Step> stepOf, List<Address> path, Set<Address> settled, PlanContext context) {
        Address here = step.address();
        if (settled.contains(here)) {
            return;
        }
        int seen = path.indexOf(here);
        if (seen >= 0) {
            Change first = step.changes().getFirst();
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "plan.circle",
                                    "these wait for each other: "
                                            + String.join(
                                                    " → ",
                                                    path.subList(seen, path.size()).stream()
                                                            .map(Address::toString)
                                                            .toList())
                                            + " → " + here)
                            .at(first.span())
                            .help("Take one of the depends_on out, or mount the upper dataset above the lower one."));
            return;
        }
        path.add(here);
        for (Address before : step.after()) {
            Step other = stepOf.get(before);
            if (other != null && !other.address().equals(here)) {
                visit(other, stepOf, path, settled, context);
            }
        }
        path.removeLast();
        settled.add(here);
    }
}
