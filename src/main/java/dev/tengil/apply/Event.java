package dev.tengil.apply;

import dev.tengil.model.Address;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.time.Duration;
import java.util.List;

/** What happens during an apply, for whoever watches; rendering is not decided here. */
public sealed interface Event {

    /** A step began. */
    record Started(Step step) implements Event {}

    /** One of its operations began. */
    record Operating(Step step, Operation operation) implements Event {}

    /** A streamed operation printed a line. */
    record Output(Step step, String line) implements Event {}

    /** A command met a busy lock and will be tried again. */
    record Retrying(Step step, String reason, int attempt) implements Event {}

    /** A step succeeded. */
    record Done(Step step, Duration took) implements Event {}

    /** A step failed; its undo, if it has one, was run. */
    record Failed(Step step, Failure failure, boolean undone) implements Event {}

    /** A step was not begun, because these did not succeed or because of an interruption (then the list is empty). */
    record Skipped(Step step, List<Address> because) implements Event {}

    /** Something to know that stops nothing. */
    record Warning(String message) implements Event {}
}
