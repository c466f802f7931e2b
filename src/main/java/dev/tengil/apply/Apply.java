package dev.tengil.apply;

import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import dev.tengil.resource.Undo;
import dev.tengil.state.StateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the steps of a plan: several at a time on virtual threads, each when what it comes after is done. A failed step takes only
 * its dependents with it. The caller holds the lock.
 */
public final class Apply {

    private final StateStore store;
    private final Consumer<Event> events;
    private final Stop stop;
    private final int parallel;
    private final OperationRunner operations;
    private volatile boolean hindered;

    /**
     * @param parallel how many steps may run at once, at least 1
     */
    public Apply(Host host, StateStore store, Consumer<Event> events, Stop stop, Pauses pauses, int parallel) {
        this.store = store;
        this.events = events;
        this.stop = stop;
        this.parallel = parallel;
        this.operations = new OperationRunner(host, events, pauses);
    }

    /** What a thread has to say of its step. */
    private sealed interface News {}

    private record Begun(Step step) implements News {}

    private record Ended(Step step, @Nullable Failure failure, boolean undone, Duration took) implements News {}

    /**
     * Runs the steps and saves the state.
     *
     * @param leftOut what the plan has beyond these steps; what an earlier apply had begun with it stays known
     * @param unchanged what the state shall hold of resources that need nothing
     * @throws HostException when not even the intents could be written; nothing was done then
     */
    public Outcome run(
            Applied before,
            List<Step> steps,
            Collection<Address> leftOut,
            List<AppliedResource> unchanged,
            Saving saving)
            throws HostException {
        Logbook logbook = new Logbook(store, before);
        if (!steps.isEmpty()) {
            logbook.begin(steps);
        }
        Graph graph = new Graph(steps);
        List<Step> done = new ArrayList<>();
        List<Step> failed = new ArrayList<>();
        List<Step> skipped = new ArrayList<>();
        List<Step> undone = new ArrayList<>();
        BlockingQueue<News> news = new LinkedBlockingQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int running = 0;
            while (true) {
                Step ready;
                while (running < parallel && !ending() && (ready = graph.next()) != null) {
                    Step step = ready;
                    running++;
                    threads.execute(() -> news.add(perform(step, news)));
                }
                if (running == 0) {
                    break;
                }
                switch (news.take()) {
                    case Begun(Step step) -> graph.started(step);
                    case Ended end -> {
                        running--;
                        if (end.undone()) {
                            undone.add(end.step());
                        }
                        settle(end, graph, logbook, done, failed, skipped);
                        if (news.isEmpty()) {
                            flush(logbook);
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.ask();
        }
        for (Step step : graph.waiting()) {
            skipped.add(step);
            events.accept(new Event.Skipped(step, List.of(), List.of()));
        }
        List<Step> unfinished = new ArrayList<>(failed);
        unfinished.addAll(skipped);
        Applied after = logbook.after(unchanged, unfinished, undone, leftOut, unfinished.isEmpty());
        boolean saved = saving.save(store, after);
        return new Outcome(done, failed, skipped, stop.isAsked(), saved);
    }

    private void settle(
            Ended end, Graph graph, Logbook logbook, List<Step> done, List<Step> failed, List<Step> skipped) {
        Step step = end.step();
        Failure failure = end.failure();
        if (failure == null) {
            graph.succeeded(step);
            logbook.done(step);
            done.add(step);
            events.accept(new Event.Done(step, end.took()));
            return;
        }
        failed.add(step);
        events.accept(new Event.Failed(step, failure, end.undone()));
        Set<Address> broken = addresses(step);
        for (Step doomed : graph.failed(step)) {
            skipped.add(doomed);
            List<Address> because =
                    doomed.after().stream().filter(broken::contains).sorted().toList();
            events.accept(new Event.Skipped(doomed, because, because.isEmpty() ? List.of(step.address()) : List.of()));
            broken.addAll(addresses(doomed));
        }
    }

    private static Set<Address> addresses(Step step) {
        Set<Address> addresses = new HashSet<>();
        for (Change change : step.changes()) {
            addresses.add(change.address());
        }
        return addresses;
    }

    /** Whether nothing new may be begun: somebody asked, or it could not be written down any more. */
    private boolean ending() {
        return hindered || stop.isAsked();
    }

    /** A journal that cannot be written costs nothing but the memory of what was done; the next run looks for itself. */
    private void flush(Logbook logbook) {
        try {
            logbook.flush();
        } catch (HostException e) {
            String advice = Advice.on(String.valueOf(e.getMessage()));
            events.accept(new Event.Warning("nothing new is begun, because it cannot be written down: " + e.getMessage()
                    + (advice == null ? "" : ". " + advice)));
            hindered = true;
        }
    }

    private Ended perform(Step step, Collection<News> news) {
        events.accept(new Event.Started(step));
        long start = System.nanoTime();
        Failure failure = null;
        int begun = -1;
        for (Operation operation : step.operations()) {
            if (begun >= 0 && ending()) {
                return cutShort(step, operation, begun, start);
            }
            begun++;
            if (begun == step.started()) {
                news.add(new Begun(step));
            }
            events.accept(new Event.Operating(step, operation));
            failure = attempt(step, operation);
            if (failure != null) {
                break;
            }
        }
        if (failure == null) {
            return new Ended(step, null, false, Duration.ofNanos(System.nanoTime() - start));
        }
        List<Operation> undo = undo(step, begun);
        for (Operation operation : undo) {
            failure = operation instanceof Operation.Show show ? failure.withLog(operations.shown(show)) : failure;
        }
        boolean undone = !undo.stream().allMatch(Operation.Show.class::isInstance) && undo(step, undo);
        return new Ended(step, failure, undone, Duration.ofNanos(System.nanoTime() - start));
    }

    private static List<Operation> undo(Step step, int reached) {
        return step.undo().stream()
                .filter(each -> each.from() <= reached && reached < each.before())
                .map(Undo::operation)
                .toList();
    }

    /**
     * Nothing new may be begun. What a person stopped is put back where there is a way: a container whose place another was about to take
     * must not stay away until the next apply. Where nothing can be written down, it is left for that.
     */
    private Ended cutShort(Step step, Operation next, int begun, long start) {
        List<Operation> undo = hindered
                ? List.of()
                : undo(step, begun).stream()
                        .filter(each -> !(each instanceof Operation.Show))
                        .toList();
        boolean undone = !undo.isEmpty() && undo(step, undo);
        Failure failure = new Failure(
                next,
                (hindered ? "ended" : "interrupted") + " before this",
                null,
                null,
                undone ? "Run tg apply again when you want it." : "Run tg apply again: it continues here.");
        return new Ended(step, failure, undone, Duration.ofNanos(System.nanoTime() - start));
    }

    /** A mistake of ours costs this step like any other failure: the apply goes on to its end, and the state is saved. */
    private @Nullable Failure attempt(Step step, Operation operation) {
        try {
            return operations.run(step, operation);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new Failure(
                    operation,
                    "tengil itself made a mistake: " + e,
                    null,
                    null,
                    "It may or may not have happened. Run tg apply again: it looks first. And please report it.");
        }
    }

    /** Each of these relies on those before it, so the first failure ends it, and the rest is for the person to do. */
    private boolean undo(Step step, List<Operation> undo) {
        for (int i = 0; i < undo.size(); i++) {
            Operation operation = undo.get(i);
            if (operation instanceof Operation.Write write && operations.stands(write)) {
                continue;
            }
            events.accept(new Event.Operating(step, operation));
            Failure failure = attempt(step, operation);
            if (failure != null) {
                // What is somebody else's is nothing to be removed by hand either.
                List<Operation> left = operation instanceof Operation.EnsureOurs
                        ? List.of()
                        : undo.subList(i, undo.size()).stream()
                                .filter(each -> !(each instanceof Operation.Show))
                                .toList();
                events.accept(new Event.NotUndone(step, failure, left));
                return false;
            }
        }
        return true;
    }
}
