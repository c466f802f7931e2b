package dev.tengil.apply;

import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.model.Address;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.state.Journal;
import dev.tengil.state.StateStore;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One operation of the day-to-day verbs: journaled where the resource is ours, with the same patience for locks as an apply. */
public final class Single {

    private final StateStore store;
    private final OperationRunner operations;

    public Single(Host host, StateStore store, Consumer<Event> events, Pauses pauses) {
        this.store = store;
        this.operations = new OperationRunner(host, events, pauses);
    }

    /**
     * Runs it; the caller holds the lock.
     *
     * @return null when it succeeded
     * @throws HostException when the journal could not be written; nothing was done if it was the first line
     */
    public @Nullable Failure run(Applied applied, Address address, Operation operation) throws HostException {
        AppliedResource ours = applied.get(address);
        if (ours != null) {
            store.append(Journal.intent(ours));
        }
        Change change = new Change(address, Action.UPDATE, List.of(), List.of(), ours, null, null);
        Failure failure = operations.run(Step.of(change, Phase.CHANGE, List.of(operation), Set.of()), operation);
        if (failure == null && ours != null) {
            store.append(Journal.done(ours));
        }
        return failure;
    }
}
