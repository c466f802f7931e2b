package dev.tengil.cli;

import dev.tengil.apply.Apply;
import dev.tengil.apply.Outcome;
import dev.tengil.apply.Stop;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.PlanView;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.sim.WayToSimulatedHost;
import dev.tengil.model.Address;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Change;
import dev.tengil.resource.Step;
import dev.tengil.resource.container.Container;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries a plan out that was made under the lock: shows it, asks, does it, and says what came of it. */
record Applying(Session session, Host.LockAttempt.Held held, int parallel) {

    /** Below this many, a file that loses everything is more likely meant than a mistake. */
    private static final int FEW = 3;

    /**
     * All of it.
     *
     * @param agreed whether the person agreed beforehand
     * @param leaving how many resources the person agreed to lose; null when nobody said
     */
    Exit carryOut(Planned planned, Plan plan, boolean agreed, @Nullable Integer leaving) throws Stopped {
        Output output = session.output();
        if (!output.globals().json()) {
            output.diagnostics(planned.diagnostics().all(), session.file().source());
        }
        if (output.talks() || !(agreed || plan.isEmpty() || output.globals().json())) {
            output.result(new PlanView(output.ink(), output.io().columns()).render(plan, false));
        }
        List<Step> steps = plan.runnable();
        if (steps.isEmpty() && plan.isEmpty()) {
            keepQuietly(plan);
            Outcome nothing = new Outcome(List.of(), List.of(), List.of(), false, true);
            finish(planned, plan, nothing);
            if (output.globals().json()) {
                output.document(PlanJson.outcome(plan, nothing));
            }
            return Exit.OK;
        }
        agree(plan, agreed, leaving);
        try (Carrying carrying = new Carrying(session, held, parallel)) {
            Outcome outcome = carrying.out(steps, plan.notRun(), plan.unchanged());
            finish(planned, plan, outcome);
            return exit(outcome, plan, output, carrying);
        }
    }

    /** Nothing to do, but the file may own what it did not own before: that is remembered without a word. */
    private void keepQuietly(Plan plan) throws Stopped {
        boolean same = plan.unchanged().stream()
                .allMatch(each -> each.equals(session.applied().get(each.address())));
        if (!same || !session.applied().intended().isEmpty()) {
            try {
                new Apply(
                                session.host(),
                                session.store(),
                                event -> {},
                                new Stop(),
                                session.output().io().pauses(),
                                1)
                        .run(session.applied(), List.of(), plan.notRun(), plan.unchanged(), Carrying.rescue(session));
            } catch (HostException e) {
                throw Session.broken(session.output(), e);
            }
        }
    }

    private void agree(Plan plan, boolean beforehand, @Nullable Integer agreed) throws Stopped {
        Output output = session.output();
        long leaving = plan.leaving();
        int applied = session.applied().resources().size();
        if (leaving > FEW && leaving * 2 > applied && (agreed == null || agreed != leaving)) {
            output.error(
                    "apply.much-leaves",
                    leaving + " of " + applied + " resources leave the file, more than half",
                    "If that is meant: --yes-remove " + leaving);
            throw new Stopped(Exit.REFUSED);
        }
        Agreement.to("Do this?", beforehand, output);
    }

    private static Exit exit(Outcome outcome, Plan plan, Output output, Carrying carrying) {
        if (output.globals().json()) {
            output.document(PlanJson.outcome(plan, outcome));
        } else if (output.talks() || !outcome.isComplete()) {
            output.result(ApplyView.summary(outcome) + "\n");
        }
        if (outcome.interrupted() && !carrying.lost()) {
            return Exit.INTERRUPTED;
        }
        return outcome.isComplete() ? Exit.OK : Exit.PARTIAL;
    }

    private static Set<Address> begun(Outcome outcome) {
        return outcome.done().stream()
                .flatMap(step -> step.changes().stream())
                .map(Change::address)
                .collect(Collectors.toSet());
    }

    /** Digests beside the file, and where the apps are to be found. */
    private void finish(Planned planned, Plan plan, Outcome outcome) throws Stopped {
        LockedDigests.beside(session.file(), session.output())
                .keep(planned.desired().of(Container.class), plan, outcome, session.output());
        if (outcome.saved() && !outcome.interrupted() && session.output().talks()) {
            // A simulated host gives an address at once or never.
            boolean waits = !outcome.done().isEmpty() && !(session.host() instanceof WayToSimulatedHost);
            session.output()
                    .result(Services.text(
                            session.host(),
                            planned.desired().of(Container.class),
                            begun(outcome),
                            waits ? Services.LEASE : Duration.ZERO,
                            session.output().io().pauses()));
        }
    }
}
