package dev.tengil.cli;

import dev.tengil.check.Checks;
import dev.tengil.host.HostException;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Kinds;
import dev.tengil.plan.Lookups;
import dev.tengil.plan.Plan;
import dev.tengil.plan.Planner;
import dev.tengil.plan.Resolver;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Observer;
import dev.tengil.resource.facts.Wanted;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From an open session to a plan: look, decide, check, compare.
 *
 * @param moved what image names stand for from now on, whatever tengil.lock says
 */
record Planning(Session session, Map<ImageReference, ImagePin> moved) {

    /** By what tengil.lock says. */
    Planning(Session session) {
        this(session, Map.of());
    }

    private Map<ImageReference, ImagePin> lock() throws Stopped {
        Map<ImageReference, ImagePin> lock = new TreeMap<>(
                LockedDigests.beside(session.file(), session.output()).digests());
        lock.putAll(moved);
        return lock;
    }

    /** Looks at the host: what matters to the file and the state, or everything that could be ours. */
    Observer.Observation observe(boolean everything, long seed) throws Stopped {
        Wanted wanted = wanted();
        try {
            return Observer.observe(session.host(), everything ? all(wanted) : wanted, seed);
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
    }

    private Wanted wanted() throws Stopped {
        return Lookups.of(session.file().fields(), session.file().declared(), lock(), session.applied());
    }

    private static Wanted all(Wanted wanted) {
        return new Wanted(
                wanted.pools(),
                wanted.properties(),
                wanted.datasets(),
                wanted.paths(),
                wanted.files(),
                wanted.images(),
                wanted.templates(),
                true,
                true,
                true,
                true);
    }

    /**
     * Looks at the host and plans.
     *
     * @param seed the random number of a saved plan that is made again; null for a new one
     */
    Planned plan(PlanOptions options, @Nullable Long seed) throws Stopped {
        Diagnostics unheard = new Diagnostics();
        unheard.addAll(HostPulls.of(session.file().fields(), wanted().images()));
        session.stopOn(unheard, Exit.INVALID);
        Observer.Observation seen = observe(false, seed == null ? new SecureRandom().nextLong() : seed);
        session.stopOn(seen.diagnostics(), Exit.ERROR);
        refuseLostState(seen.facts());
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.addAll(seen.diagnostics().all());
        Desired desired = resolve(seen.facts(), options, diagnostics);
        session.stopOn(diagnostics, Exit.INVALID);
        Plan plan = compare(desired, seen.facts(), options, diagnostics);
        diagnostics.addAll(HostPulls.of(session.file().fields(), HostPulls.pulled(desired, plan)));
        session.stopOn(diagnostics, Exit.REFUSED);
        return new Planned(seen.facts(), desired, plan, diagnostics);
    }

    /** As {@link #plan}, for a view that shows problems instead of stopping at them: with errors, the plan is empty. */
    Planned review() throws Stopped {
        Observer.Observation seen = observe(true, new SecureRandom().nextLong());
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.addAll(seen.diagnostics().all());
        Plan nothing = new Plan(List.of(), List.of());
        if (diagnostics.hasErrors()) {
            return new Planned(seen.facts(), new Desired(List.of()), nothing, diagnostics);
        }
        Desired desired = resolve(seen.facts(), PlanOptions.NONE, diagnostics);
        if (diagnostics.hasErrors()) {
            return new Planned(seen.facts(), desired, nothing, diagnostics);
        }
        Plan plan = compare(desired, seen.facts(), PlanOptions.NONE, diagnostics);
        return new Planned(seen.facts(), desired, diagnostics.hasErrors() ? nothing : plan, diagnostics);
    }

    private Desired resolve(Facts facts, PlanOptions options, Diagnostics diagnostics) throws Stopped {
        FileEnvironment environment =
                new FileEnvironment(session.output().io(), session.file().directory(), session.secrets());
        ContainerInputs inputs =
                new ContainerInputs(session.file().fields().value(TengilFile.DEFAULTS), lock(), environment::file);
        return Resolver.resolve(
                session.file().fields(),
                session.file().declared(),
                inputs,
                facts,
                session.applied(),
                options,
                diagnostics);
    }

    private Plan compare(Desired desired, Facts facts, PlanOptions options, Diagnostics diagnostics) {
        diagnostics.addAll(Checks.run(desired.all(), facts, session.applied()));
        return new Planner(Kinds.ALL).plan(desired, new PlanContext(facts, session.applied(), options, diagnostics));
    }

    /** Marks of ours without a state: it was lost, and an empty one would forget what is owned. */
    private void refuseLostState(Facts facts) throws Stopped {
        if (!session.stateMissing()) {
            return;
        }
        List<String> marked = marked(facts).stream()
                .map(resource -> resource.address().toString())
                .toList();
        if (!marked.isEmpty()) {
            session.output()
                    .error(
                            "state.lost",
                            "the host has " + marked.size() + " things of the stack \""
                                    + session.applied().stack() + "\" ("
                                    + String.join(", ", marked.subList(0, Math.min(3, marked.size())))
                                    + (marked.size() > 3 ? "…" : "") + "), but no state",
                            "Make it anew from the marks: tg state rebuild");
            throw new Stopped(Exit.REFUSED);
        }
    }

    /** What carries this stack's marks on the host. */
    List<AppliedResource> marked(Facts facts) {
        return Kinds.ALL.stream()
                .flatMap(kind -> kind.rebuild(facts, session.applied().stack()).stream())
                .toList();
    }
}
