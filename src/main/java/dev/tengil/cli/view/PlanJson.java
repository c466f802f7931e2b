package dev.tengil.cli.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.apply.Outcome;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Span;
import dev.tengil.plan.OperationText;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Action;
import dev.tengil.resource.Change;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan and its diagnostics as JSON. Readers ignore members they do not know; {@code format} rises when one changes its meaning. */
public final class PlanJson {

    private static final int FORMAT = 1;

    private PlanJson() {}

    /** The whole document. */
    public static JsonObject of(@Nullable Plan plan, List<Diagnostic> diagnostics) {
        JsonObject root = new JsonObject();
        root.addProperty("format", FORMAT);
        root.add("diagnostics", diagnostics(diagnostics));
        if (plan == null) {
            return root;
        }
        JsonArray changes = new JsonArray();
        for (Step step : plan.steps()) {
            step.changes().forEach(change -> changes.add(change(step, change)));
        }
        root.add("changes", changes);
        JsonObject summary = new JsonObject();
        for (Action action : Action.values()) {
            summary.addProperty(name(action), plan.count(action));
        }
        root.add("summary", summary);
        root.addProperty("leftOut", plan.leftOut());
        return root;
    }

    /** What came of an apply. */
    public static JsonObject outcome(Plan plan, Outcome outcome) {
        JsonObject root = of(plan, List.of());
        root.add("done", addresses(outcome.done()));
        root.add("failed", addresses(outcome.failed()));
        root.add("skipped", addresses(outcome.skipped()));
        root.addProperty("interrupted", outcome.interrupted());
        root.addProperty("saved", outcome.saved());
        return root;
    }

    private static JsonArray addresses(List<Step> steps) {
        JsonArray addresses = new JsonArray();
        steps.forEach(step ->
                step.changes().forEach(change -> addresses.add(change.address().toString())));
        return addresses;
    }

    /** A list of diagnostics. */
    public static JsonArray diagnostics(List<Diagnostic> diagnostics) {
        JsonArray list = new JsonArray();
        for (Diagnostic diagnostic : diagnostics) {
            JsonObject json = new JsonObject();
            json.addProperty("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
            json.addProperty("code", diagnostic.code());
            json.addProperty("message", diagnostic.message());
            Span span = diagnostic.span();
            if (span != null) {
                json.addProperty("file", span.file());
                json.addProperty("line", span.line());
                json.addProperty("column", span.column());
            }
            if (diagnostic.hint() != null) {
                json.addProperty("hint", diagnostic.hint());
            }
            if (diagnostic.help() != null) {
                json.addProperty("help", diagnostic.help());
            }
            list.add(json);
        }
        return list;
    }

    private static JsonObject change(Step step, Change change) {
        JsonObject json = new JsonObject();
        json.addProperty("address", change.address().toString());
        json.addProperty("action", name(change.action()));
        json.addProperty("phase", step.phase().name().toLowerCase(Locale.ROOT));
        if (change.blocked() != null) {
            json.addProperty("blocked", change.blocked());
        }
        JsonArray fields = new JsonArray();
        for (FieldChange field : change.fields()) {
            JsonObject each = new JsonObject();
            each.addProperty("field", field.field());
            each.addProperty("before", field.before());
            each.addProperty("after", field.after());
            each.addProperty("effect", field.effect().name().toLowerCase(Locale.ROOT));
            fields.add(each);
        }
        json.add("fields", fields);
        JsonArray notes = new JsonArray();
        change.notes().forEach(notes::add);
        json.add("notes", notes);
        JsonArray operations = new JsonArray();
        step.operations().forEach(operation -> OperationText.lines(operation).forEach(operations::add));
        json.add("operations", operations);
        return json;
    }

    private static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
