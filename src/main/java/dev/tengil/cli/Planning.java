package dev.tengil.cli;

import dev.tengil.check.Checks;
import dev.tengil.host.HostException;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Kinds;
import dev.tengil.plan.Lookups;
import dev.tengil.plan.Plan;
import dev.tengil.plan.Planner;
import dev.tengil.plan.Resolver;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.PlanOptions;
import dev.tengil.resource.container.ContainerInputs;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.ImageFacts;
import dev.tengil.resource.facts.ImageSource;
import dev.tengil.resource.facts.Observer;
import dev.tengil.resource.facts.Wanted;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From an open session to a plan: look, decide, check, compare.
 *
 * @param moved what image names stand for from now on, whatever tengil.lock says
 */
record Planning(Session session, Map<ImageReference, ImagePin> moved) {

    private static final String USER_UNKNOWN = "container.user-unknown";

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
            Wanted all = everything ? all(wanted) : wanted;
            if (wanted.images().isEmpty()) {
                return Observer.observe(session.host(), all, seed);
            }
            Observer.Observation seen = Observer.observe(session.host(), all, session.images(), seed);
            // A login that could not be had may be why a registry said no.
            seen.diagnostics().addAll(session.saidOfLogins());
            return seen;
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
        Observer.Observation seen = observe(false, seed == null ? new SecureRandom().nextLong() : seed);
        session.stopOn(seen.diagnostics(), Exit.ERROR);
        refuseLostState(seen.facts());
        Resolving resolving = resolving(seen, options);
        Diagnostics diagnostics = resolving.diagnostics();
        boolean invalid = diagnostics.hasErrors();
        Plan plan = compare(resolving.desired(), resolving.facts(), options, diagnostics);
        session.stopOn(diagnostics, invalid ? Exit.INVALID : Exit.REFUSED);
        return new Planned(resolving.facts(), resolving.desired(), plan, diagnostics);
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
        Resolving resolving = resolving(seen, PlanOptions.NONE);
        Plan plan = compare(resolving.desired(), resolving.facts(), PlanOptions.NONE, resolving.diagnostics());
        return new Planned(
                resolving.facts(),
                resolving.desired(),
                resolving.diagnostics().hasErrors() ? nothing : plan,
                resolving.diagnostics());
    }

    private record Resolving(Facts facts, Desired desired, Diagnostics diagnostics) {}

    /** What is wanted; where that hangs on the number of an image's user, it is looked up in the image, and only then. */
    private Resolving resolving(Observer.Observation seen, PlanOptions options) throws Stopped {
        Diagnostics first = new Diagnostics();
        first.addAll(seen.diagnostics().all());
        Desired desired = resolve(seen.facts(), options, first);
        boolean open = first.all().stream().anyMatch(each -> each.code().equals(USER_UNKNOWN));
        if (!open) {
            return new Resolving(seen.facts(), desired, first);
        }
        Facts facts = withUsers(seen.facts());
        Diagnostics second = new Diagnostics();
        second.addAll(seen.diagnostics().all());
        return new Resolving(facts, resolve(facts, options, second), second);
    }

    private Facts withUsers(Facts facts) throws Stopped {
        SortedMap<ImageReference, ImageFacts> images = new TreeMap<>(facts.images());
        ImageSource source = session.images();
        try {
            for (var each : facts.images().entrySet()) {
                if (each.getValue().config().user().matches(".*[^\\d:].*")) {
                    ImageReference pinned =
                            each.getKey().withDigest(each.getValue().digest());
                    Parsed<Owner> user = source.user(pinned);
                    images.put(
                            each.getKey(),
                            user == null ? each.getValue() : each.getValue().with(user));
                }
            }
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
        return facts.withImages(images);
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

    /**
     * Compares what is wanted with what is there. After mistakes, what has none is compared all the same, so that who has made seven sees
     * seven; nothing leaves the file then, since what is missing may only be unreadable.
     */
    private Plan compare(Desired desired, Facts facts, PlanOptions options, Diagnostics diagnostics) {
        boolean invalid = diagnostics.hasErrors();
        Desired wanted = invalid ? desired.sound() : desired;
        Applied applied = invalid ? session.applied().only(address -> wanted.get(address) != null) : session.applied();
        diagnostics.addAll(Checks.run(wanted.all(), facts, applied));
        return new Planner(Kinds.ALL)
                .plan(wanted, new PlanContext(facts, applied, options, new HostPulls(session), diagnostics));
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
