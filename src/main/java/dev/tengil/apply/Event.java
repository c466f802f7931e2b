package dev.tengil.apply;

import dev.tengil.model.Address;
import dev.tengil.resource.Operation;
import dev.tengil.resource.PullSize;
import dev.tengil.resource.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens during an apply, for whoever watches; rendering is not decided here. */
public sealed interface Event {

    /** A step began. */
    record Started(Step step) implements Event {}

    /** One of its operations began. */
    record Operating(Step step, Operation operation) implements Event {}

    /** A streamed operation printed a line. */
    record Output(Step step, String line) implements Event {}

    /**
     * A pull went on.
     *
     * @param bytes that are there
     * @param layers that are whole
     * @param of all that there will be; null when nobody knows
     */
    record Pulling(
            Step step, long bytes, int layers, @Nullable PullSize of) implements Event {}

    /** A command met a busy lock and will be tried again. */
    record Retrying(Step step, String reason, int attempt) implements Event {}

    /** A step succeeded. */
    record Done(Step step, Duration took) implements Event {}

    /** A step failed; its undo, if it has one, was run. */
    record Failed(Step step, Failure failure, boolean undone) implements Event {}

    /**
     * Something that a failed step had changed could not be put back.
     *
     * @param left what is therefore left to be done by hand, that which failed first
     */
    record NotUndone(Step step, Failure failure, List<Operation> left) implements Event {}

    /**
     * A step was not begun.
     *
     * @param needs what it cannot do without and did not succeed
     * @param first what it could do without, but nothing is changed before that is prepared; both are empty when the apply ended early
     */
    record Skipped(Step step, List<Address> needs, List<Address> first) implements Event {}

    /** Something to know that stops nothing. */
    record Warning(String message) implements Event {}
}
