package dev.tengil.cli;

import dev.tengil.apply.Apply;
import dev.tengil.apply.Event;
import dev.tengil.apply.Outcome;
import dev.tengil.apply.Pauses;
import dev.tengil.apply.Saving;
import dev.tengil.apply.Stop;
import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.Rows;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.WholeFile;
import dev.tengil.host.sim.WayToSimulatedHost;
import dev.tengil.model.Address;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Carries steps out under the lock, with everything around it: the view, Ctrl-C, a lock that is lost, a state that cannot be saved. */
final class Carrying implements AutoCloseable {

    private static final int LOOK_SECONDS = 1;
    private static final Duration BRIEF = Duration.ofMillis(100);

    private final Session session;
    private final Host.LockAttempt.Held held;
    private final int parallel;
    private final Stop stop = new Stop();
    private final Running running = new Running();
    private final ApplyView view;
    private final Interrupts interrupts;
    private volatile boolean lost;

    Carrying(Session session, Host.LockAttempt.Held held, int parallel) {
        this.session = session;
        this.held = held;
        this.parallel = parallel;
        this.view = view(session.output());
        this.interrupts = Interrupts.install(stop, session.output(), running, view);
    }

    private static ApplyView view(Output output) {
        Globals globals = output.globals();
        // With -v every look at the host is said as well, by whoever looks: rows would get into each other with that.
        Rows rows = output.io().terminal() && !globals.json() && output.detail() == ApplyView.Detail.USUAL
                ? Rows.on(output.io().out(), output.io().window())
                : Rows.none();
        return new ApplyView(
                globals.json() ? output.io().err() : output.io().out(), output.ink(), output.detail(), rows);
    }

    /** After the last word: an interrupted process ends here. */
    @Override
    public void close() {
        interrupts.remove();
    }

    /** Runs the steps and saves the state. */
    Outcome out(List<Step> steps, Collection<Address> leftOut, List<AppliedResource> unchanged) throws Stopped {
        Output output = session.output();
        CountDownLatch over = new CountDownLatch(1);
        Thread watch = Thread.ofVirtual().start(() -> watch(over));
        try {
            session.secrets().save(session.host(), session.store().files());
            return new Apply(
                            session.host(),
                            session.store(),
                            event -> {
                                running.note(event);
                                view.accept(event);
                                if (event instanceof Event.Failed) {
                                    look();
                                }
                            },
                            stop,
                            pauses(),
                            parallel)
                    .run(session.applied(), steps, leftOut, unchanged, rescue(session));
        } catch (HostException e) {
            throw Session.broken(output, e);
        } finally {
            over.countDown();
            watch.interrupt();
        }
    }

    /** On a simulated host nothing comes about by waiting long. */
    private Pauses pauses() {
        Pauses real = session.output().io().pauses();
        return session.host() instanceof WayToSimulatedHost
                ? time -> real.pause(time.compareTo(BRIEF) > 0 ? BRIEF : time)
                : real;
    }

    /** Whether the lock went away while we worked. */
    boolean lost() {
        return lost;
    }

    private void watch(CountDownLatch over) {
        try {
            while (!over.await(LOOK_SECONDS, TimeUnit.SECONDS) && !lost) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        if (!lost && !held.alive()) {
            lost = true;
            stop.ask();
            view.aside(
                    () -> session.output()
                            .error(
                                    "host.lock-lost",
                                    "the lock on the host is no longer ours: nothing new is begun",
                                    "Another apply may have taken over, or the connection broke. Run tg plan: it looks first."));
        }
    }

    /** The state goes to the host; if it cannot, beside the file; if it cannot, onto the screen. */
    static Saving rescue(Session session) {
        Output output = session.output();
        return Saving.orElse((text, reason) -> {
            Path beside = session.file().directory().resolve("tengil-state-rescued.json");
            output.error(
                    "state.not-saved",
                    "the state could not be saved on the host: " + reason,
                    "Nothing is lost: the journal there says what was begun. Put that right, then run tg apply again.");
            try {
                WholeFile.write(beside, text, WholeFile.PRIVATE);
                output.say("A copy is kept in " + beside + ", should all of "
                        + session.store().files().directory() + " be gone.");
            } catch (IOException e) {
                output.say("It could not be saved beside the file either. Keep this text:");
                output.io().err().print(text);
            }
        });
    }
}
