package dev.tengil.cli.view;

import dev.tengil.apply.Event;
import dev.tengil.apply.Failure;
import dev.tengil.apply.Outcome;
import dev.tengil.model.Address;
import dev.tengil.plan.OperationText;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An apply as it happens, one line per event: for pipes, CI and dumb terminals, and the ground on which live rows stand. */
public final class ApplyView implements Consumer<Event> {

    /** How much is said. */
    public enum Detail {
        /** Only what went wrong. */
        FAILURES,
        USUAL,
        /** Also every command. */
        COMMANDS
    }

    private final PrintStream out;
    private final Ink ink;
    private final Detail detail;
    private final Rows rows;

    /**
     * @param rows live rows of running steps below the lines; {@link Rows#none()} where there is no terminal
     */
    public ApplyView(PrintStream out, Ink ink, Detail detail, Rows rows) {
        this.out = out;
        this.ink = ink;
        this.detail = detail;
        this.rows = rows;
    }

    @Override
    public synchronized void accept(Event event) {
        switch (event) {
            case Event.Started(Step step) -> rows.begin(step);
            case Event.Operating(Step step, var operation) -> {
                rows.now(step, Visible.line(operation.title()));
                if (detail == Detail.COMMANDS) {
                    OperationText.lines(operation).forEach(line -> line("    $ " + Visible.lines(line)));
                }
            }
            case Event.Output(Step step, String said) -> {
                String text = Visible.line(said.replace('\t', ' '));
                rows.now(step, text);
                if (detail == Detail.COMMANDS || (detail == Detail.USUAL && !rows.live())) {
                    line("    " + ink.dim(text));
                }
            }
            // On a terminal alone: a line each half second would bury the rest.
            case Event.Pulling pulling -> rows.now(pulling.step(), PullText.of(pulling));
            case Event.Retrying(Step step, String reason, int attempt) ->
                line("  … " + step.address() + ": " + Visible.line(reason) + ", trying again (" + attempt + ")");
            case Event.Done(Step step, Duration took) -> {
                rows.end(step);
                step.changes().stream()
                        .filter(change -> detail != Detail.FAILURES)
                        .forEach(change -> line(ink.green("  ✓ ")
                                + change.action().symbol() + " " + change.address() + ink.dim("  " + seconds(took))));
            }
            case Event.Failed(Step step, Failure failure, boolean undone) -> {
                rows.end(step);
                failed(step, failure, undone);
            }
            case Event.NotUndone(Step step, Failure failure, List<Operation> left) -> {
                line(ink.yellow("  ! ") + step.address() + ": putting back failed: " + Visible.line(failure.reason()));
                left.stream()
                        .flatMap(operation -> OperationText.lines(operation).stream())
                        .forEach(text -> line("      by hand: " + Visible.lines(text)));
                if (left.isEmpty() && failure.advice() != null) {
                    line("      help: " + Visible.lines(failure.advice()));
                }
            }
            case Event.Skipped(Step step, List<Address> needs, List<Address> first) ->
                line(ink.yellow("  - ") + step.address() + " not begun"
                        + (needs.isEmpty() ? "" : ", it needs " + names(needs))
                        + (first.isEmpty() ? "" : ", nothing is changed before there is " + names(first)));
            case Event.Warning(String message) -> line(ink.yellow("  ! ") + Visible.line(message));
        }
    }

    /** Lets somebody else say something, above the rows that run. */
    public synchronized void aside(Runnable saying) {
        rows.erase();
        saying.run();
        rows.draw();
    }

    /** The last line of an apply. */
    public static String summary(Outcome outcome) {
        if (outcome.isComplete()) {
            return "Done: " + made(outcome) + ".";
        }
        return (outcome.interrupted() ? "Interrupted: " : "Ended partway: ") + made(outcome) + ", "
                + changes(outcome.failed()) + (outcome.interrupted() ? " not finished, " : " failed, ")
                + changes(outcome.skipped()) + " not begun.\n"
                + (outcome.saved() ? "The state is saved; run tg apply again." : "The state is not saved on the host.");
    }

    private static String names(List<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }

    private static String made(Outcome outcome) {
        int count = changes(outcome.done());
        return count + (count == 1 ? " change made" : " changes made");
    }

    private static int changes(List<Step> steps) {
        return steps.stream().mapToInt(step -> step.changes().size()).sum();
    }

    private void failed(Step step, Failure failure, boolean undone) {
        line(ink.red("  ✗ ") + step.address() + ": " + Visible.line(failure.reason()));
        line("      while: " + Visible.line(failure.operation().title()));
        if (failure.command() != null) {
            line("      ran:   " + Visible.lines(OperationText.command(failure.command())));
        }
        if (failure.result() != null) {
            line("      exit:  " + failure.result().exit());
        }
        failure.lastLines().forEach(text -> line("      | " + Visible.line(text.replace('\t', ' '))));
        if (!failure.log().isEmpty()) {
            line("      log:");
            failure.log().forEach(text -> line("      | " + Visible.line(text.replace('\t', ' '))));
        }
        if (undone) {
            line("      What it had changed was put back.");
        }
        if (failure.advice() != null) {
            line("      help:  " + Visible.lines(failure.advice()));
        }
    }

    private void line(String text) {
        rows.erase();
        out.println(text);
        rows.draw();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0);
    }
}
