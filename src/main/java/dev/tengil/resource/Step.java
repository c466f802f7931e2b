package dev.tengil.resource;

import dev.tengil.model.Address;
import java.util.List;
import java.util.Set;

/**
 * A node of the plan's graph: one change, or several that one act brings about (all shares of one file), and the operations that do it.
 *
 * @param changes never empty; the first one names the step
 * @param operations in order; the first failure ends the step
 * @param after addresses whose steps must have succeeded before
 * @param exclusive names of things that only one step at a time may use, for example {@code storage:local-zfs}
 * @param undo run in order when an operation failed, to put things back
 * @param started number of the operation, from 0, before which those may begin that come only after its start
 * @param afterStart those of {@code after} that need only have come so far
 */
public record Step(
        List<Change> changes,
        Phase phase,
        List<Operation> operations,
        Set<Address> after,
        Set<String> exclusive,
        List<Undo> undo,
        int started,
        Set<Address> afterStart) {

    /** One after which others begin when it is done. */
    public Step(
            List<Change> changes,
            Phase phase,
            List<Operation> operations,
            Set<Address> after,
            Set<String> exclusive,
            List<Undo> undo) {
        this(changes, phase, operations, after, exclusive, undo, Integer.MAX_VALUE, Set.of());
    }

    public Step {
        changes = List.copyOf(changes);
        operations = List.copyOf(operations);
        after = Set.copyOf(after);
        exclusive = Set.copyOf(exclusive);
        undo = List.copyOf(undo);
        afterStart = Set.copyOf(afterStart);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a step changes something");
        }
    }

    /** A step of one change without undo. */
    public static Step of(Change change, Phase phase, List<Operation> operations, Set<Address> after) {
        return new Step(List.of(change), phase, operations, after, Set.of(), List.of());
    }

    /** The address that names the step. */
    public Address address() {
        return changes.getFirst().address();
    }

    /** The same step, alone among those that use this thing. */
    public Step exclusively(String thing) {
        Set<String> things = new java.util.HashSet<>(exclusive);
        things.add(thing);
        return new Step(changes, phase, operations, after, things, undo, started, afterStart);
    }

    /** Whether an option is missing on the command line. */
    public boolean isBlocked() {
        return changes.stream().anyMatch(change -> change.blocked() != null);
    }
}
