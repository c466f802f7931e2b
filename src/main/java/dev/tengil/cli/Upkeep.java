package dev.tengil.cli;

import dev.tengil.apply.Event;
import dev.tengil.apply.Failure;
import dev.tengil.apply.Outcome;
import dev.tengil.apply.Single;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.Rows;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Steps beside the file, one after the other under the lock: what they touch is in nobody's state, so nothing is written down of them. */
final class Upkeep {

    private final Session session;
    private final Host.LockAttempt.Held held;
    private final ApplyView view;

    Upkeep(Session session, Host.LockAttempt.Held held) {
        this.session = session;
        this.held = held;
        Output output = session.output();
        boolean live = output.io().terminal() && !output.globals().json() && output.detail() == ApplyView.Detail.USUAL;
        this.view = new ApplyView(
                output.globals().json() ? output.io().err() : output.io().out(),
                output.ink(),
                output.detail(),
                live ? Rows.on(output.io().out(), output.io().window()) : Rows.none());
    }

    /** Carries the plan out as far as it goes, and says what came of it. */
    Exit carryOut(Plan plan) throws Stopped {
        Output output = session.output();
        List<Step> done = new ArrayList<>();
        List<Step> failed = new ArrayList<>();
        for (Step step : plan.runnable()) {
            (run(step) ? done : failed).add(step);
        }
        Outcome outcome = new Outcome(done, failed, List.of(), false, true);
        if (output.globals().json()) {
            output.document(PlanJson.outcome(plan, outcome));
        } else {
            output.say(failed.isEmpty() ? "Done." : Count.of(failed.size(), "thing") + " could not be done.");
        }
        return failed.isEmpty() ? Exit.OK : Exit.ERROR;
    }

    private boolean run(Step step) throws Stopped {
        long start = System.nanoTime();
        view.accept(new Event.Started(step));
        try {
            for (Operation operation : step.operations()) {
                if (!held.alive()) {
                    throw new HostException(HostException.Kind.LOCK_LOST, "the lock is no longer ours");
                }
                view.accept(new Event.Operating(step, operation));
                Failure failure = new Single(
                                session.host(),
                                session.store(),
                                view,
                                session.output().io().pauses())
                        .run(session.applied(), step.address(), operation);
                if (failure != null) {
                    view.accept(new Event.Failed(step, failure, false));
                    return false;
                }
            }
        } catch (HostException e) {
            throw Session.broken(session.output(), e);
        }
        view.accept(new Event.Done(step, Duration.ofNanos(System.nanoTime() - start)));
        return true;
    }
}
