package dev.tengil.resource;

import java.util.List;

/**
 * An operation that helps to put back what a step had changed, fixed at plan time.
 *
 * @param from number of the step's operation, from 0, that makes it necessary: it runs when that one had begun, whether or not it did
 *     anything
 * @param before number of the operation that makes it needless as soon as it has begun
 */
public record Undo(int from, int before, Operation operation) {

    /** Needed to the end. */
    public Undo(int from, Operation operation) {
        this(from, Integer.MAX_VALUE, operation);
    }

    /** Operations that are run wherever the step failed. */
    public static List<Undo> always(List<Operation> operations) {
        return operations.stream().map(operation -> new Undo(0, operation)).toList();
    }
}
