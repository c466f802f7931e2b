package dev.tengil.apply;

import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Step;
import dev.tengil.state.Journal;
import dev.tengil.state.StateStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps what an apply means to do and has done, on the host while it happens. Outcomes are written by one thread in batches, so that a
 * thousand quick steps do not wait for a thousand journal writes.
 */
final class Logbook {

    private final StateStore store;
    private final Applied before;
    private final SortedMap<Address, AppliedResource> resources;
    private final StringBuilder unwritten = new StringBuilder();
    private final Set<Address> settled = new HashSet<>();

    Logbook(StateStore store, Applied before) {
        this.store = store;
        this.before = before;
        this.resources = new TreeMap<>(before.resources());
    }

    /** Writes all intents before the first operation. */
    void begin(List<Step> steps) throws HostException {
        StringBuilder lines = new StringBuilder();
        // The journal of an apply that was cut off is replaced by this one, and what it began may not be touched here.
        before.intended().values().forEach(earlier -> lines.append(Journal.intent(earlier)));
        for (Step step : steps) {
            for (Change change : step.changes()) {
                AppliedResource outcome = change.outcome();
                if (outcome != null) {
                    lines.append(Journal.intent(outcome));
                }
            }
        }
        if (before.serial() == 0) {
            store.save(before);
        }
        store.begin(lines.toString());
    }

    /** Notes that a step's changes are done. */
    synchronized void done(Step step) {
        for (Change change : step.changes()) {
            AppliedResource outcome = change.outcome();
            settled.add(change.address());
            if (outcome == null) {
                resources.remove(change.address());
                unwritten.append(Journal.forgotten(change.address()));
            } else {
                resources.put(change.address(), outcome);
                unwritten.append(Journal.done(outcome));
            }
        }
    }

    /** Writes what was noted since the last time; called by one thread at a time. */
    void flush() throws HostException {
        String lines;
        synchronized (this) {
            lines = unwritten.toString();
            unwritten.setLength(0);
        }
        if (!lines.isEmpty()) {
            store.append(lines);
        }
    }

    /**
     * The state as it is now.
     *
     * @param unchanged resources that needed nothing, with what the file owns of them today
     * @param unfinished changes whose steps failed or were not begun; their choices stay valid
     * @param undone those of them that were put back
     * @param leftOut what this apply was not to touch; what an earlier one intended with them stays valid
     * @param complete whether a new generation has come about
     */
    synchronized Applied after(
            Collection<AppliedResource> unchanged,
            List<Step> unfinished,
            Collection<Step> undone,
            Collection<Address> leftOut,
            boolean complete) {
        SortedMap<Address, AppliedResource> now = new TreeMap<>(resources);
        unchanged.forEach(resource -> now.put(resource.address(), resource));
        SortedMap<Address, AppliedResource> intended = new TreeMap<>();
        for (Address address : leftOut) {
            AppliedResource earlier = before.intended().get(address);
            if (earlier != null && !settled.contains(address)) {
                intended.put(address, earlier);
            }
        }
        for (Step step : unfinished) {
            for (Change change : step.changes()) {
                AppliedResource outcome = change.outcome();
                if (outcome != null) {
                    intended.put(
                            change.address(),
                            undone.contains(step) ? outcome.with(AppliedResource.PUT_BACK, "true") : outcome);
                }
            }
        }
        return new Applied(
                before.stack(),
                before.serial() + 1,
                complete ? before.generation() + 1 : before.generation(),
                before.salt(),
                now,
                intended);
    }
}
