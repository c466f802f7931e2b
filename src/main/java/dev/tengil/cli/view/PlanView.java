package dev.tengil.cli.view;

import dev.tengil.plan.OperationText;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Action;
import dev.tengil.resource.Change;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan for people: a line per change, a line per field, and one line that sums up. */
public final class PlanView {

    /** A longer name stands on a line of its own, so that it does not push the values of all others aside. */
    private static final int WIDEST_FIELD = 24;
    /** A plan of more changes than this is read kind by kind. */
    private static final int SHORT = 20;

    private static final int INDENT = 6;
    private static final int GAP = 3;
    /** With less room than this beside its name, a value begins on a line of its own. */
    private static final int NARROWEST = 24;

    private static final String NOTHING = "No changes. The host matches tengil.yml.";

    private final Ink ink;
    private final int columns;

    public PlanView(Ink ink, int columns) {
        this.ink = ink;
        this.columns = columns;
    }

    /**
     * The whole text.
     *
     * @param commands whether the operations stand under each change
     */
    public String render(Plan plan, boolean commands) {
        StringBuilder out = new StringBuilder();
        boolean apart = plan.changes().size() > SHORT;
        String kind = "";
        for (Step step : plan.steps()) {
            for (Change change : step.changes()) {
                if (apart && !kind.isEmpty() && !kind.equals(change.address().kind())) {
                    out.append('\n');
                }
                kind = change.address().kind();
                change(out, change);
            }
            if (commands) {
                for (Operation operation : step.operations()) {
                    for (String line : OperationText.lines(operation)) {
                        out.append("      ")
                                .append(ink.dim("$ " + Visible.lines(line)))
                                .append('\n');
                    }
                }
            }
        }
        if (!plan.isEmpty()) {
            out.append('\n');
        }
        for (String line : summary(plan).split("\n", -1)) {
            Folded.lines(line, columns)
                    .forEach(part -> out.append(ink.bold(part)).append('\n'));
        }
        return out.toString();
    }

    /** What it comes to. */
    private static String summary(Plan plan) {
        if (plan.isEmpty()) {
            return plan.leftOut() == 0 ? NOTHING : "Nothing to do here. " + leftOut(plan);
        }
        StringBuilder line = new StringBuilder("Plan: ")
                .append(plan.count(Action.CREATE))
                .append(" to create, ")
                .append(plan.count(Action.UPDATE))
                .append(" to update, ")
                .append(plan.count(Action.RESTART))
                .append(" to restart, ")
                .append(plan.count(Action.REPLACE))
                .append(" to replace, ")
                .append(plan.count(Action.DESTROY))
                .append(" to destroy");
        also(line, plan.count(Action.ADOPT), "to adopt");
        also(line, plan.count(Action.FORGET), "to forget");
        also(
                line,
                plan.changes().stream()
                        .filter(change -> change.blocked() != null)
                        .count(),
                "blocked");
        line.append('.');
        return plan.leftOut() == 0
                ? line.toString()
                : line.append('\n').append(leftOut(plan)).toString();
    }

    private static String leftOut(Plan plan) {
        int count = plan.leftOut();
        return count + (count == 1 ? " change is" : " changes are") + " left out, as you asked.";
    }

    private static void also(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(", ").append(count).append(' ').append(what);
        }
    }

    private void change(StringBuilder out, Change change) {
        String head =
                change.action().symbol() + " " + Visible.line(change.address().toString());
        out.append("  ").append(ink.of(change.action(), head));
        if (change.blocked() != null) {
            out.append(ink.red("   blocked: " + Visible.line(change.blocked())));
        }
        out.append('\n');
        int width = change.fields().stream()
                .mapToInt(field -> field.field().length())
                .filter(length -> length <= WIDEST_FIELD)
                .max()
                .orElse(0);
        for (FieldChange field : change.fields()) {
            field(out, field, change.action(), width);
        }
        for (String note : change.notes()) {
            for (String line : Folded.lines(Visible.line(note), columns - INDENT - 2)) {
                out.append(" ".repeat(INDENT)).append(ink.dim(line)).append('\n');
            }
        }
    }

    private void field(StringBuilder out, FieldChange field, Action action, int width) {
        String name = Visible.line(field.field());
        int column = INDENT + Math.max(width, 1) + 1;
        boolean own = name.length() > width || columns - column < NARROWEST;
        if (own) {
            column = columns - column < NARROWEST ? INDENT + 2 : Math.max(column, INDENT + 2);
        }
        int room = columns - column;
        String hanging = " ".repeat(column);
        out.append(" ".repeat(INDENT))
                .append(name)
                .append(own ? "\n" + hanging : " ".repeat(width - name.length() + 1));
        List<String> lines = Folded.lines(value(field, action), room);
        out.append(String.join("\n" + hanging, lines));
        String tail = tail(field, action);
        boolean fits = lines.getLast().length() + GAP + tail.length() <= room;
        if (!tail.isEmpty()) {
            out.append(fits ? " ".repeat(GAP) : "\n" + hanging).append(ink.dim(tail));
        }
        out.append('\n');
    }

    private static String value(FieldChange field, Action action) {
        String after = shown(field.after());
        return action == Action.CREATE || (field.before() == null && field.after() != null)
                ? after
                : shown(field.before()) + " → " + after;
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(default)" : value.isEmpty() ? "\"\"" : Visible.line(value.replace("\n", "⏎"));
    }

    private static String tail(FieldChange field, Action action) {
        List<String> parts = new ArrayList<>();
        if (action != Action.CREATE && field.effect() == Effect.RESTART) {
            parts.add("needs a restart");
        }
        if (action != Action.CREATE && field.effect() == Effect.RECREATE) {
            parts.add("needs a new one");
        }
        if (field.why() != null) {
            parts.add(Visible.line(field.why()));
        }
        return parts.isEmpty() ? "" : "(" + String.join("; ", parts) + ")";
    }
}
