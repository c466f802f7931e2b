package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.Visible;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.container.Updatable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code tg update --check}.
 *
 * @param found null when it is held, or when nobody could tell
 * @param difference null when there is none, or the old image is no longer known
 */
record UpdateCheck(
        Updatable container,
        NewerImages.@Nullable Found found,
        @Nullable ImageDifference difference) {

    private boolean isNewer() {
        return found != null && found.isNewer();
    }

    private String state() {
        if (!container.isFree()) {
            return "held";
        }
        return found == null ? "unknown" : isNewer() ? "newer" : "current";
    }

    /** For a person. */
    static String text(List<UpdateCheck> rows) {
        if (rows.isEmpty()) {
            return "No container of the file is made from an image.\n";
        }
        StringBuilder out = new StringBuilder();
        int widest = rows.stream()
                .mapToInt(row -> row.container().name().length())
                .max()
                .orElse(0);
        for (UpdateCheck row : rows) {
            String name = row.container().name();
            out.append("  ")
                    .append(name)
                    .append(" ".repeat(widest - name.length() + 2))
                    .append(row.sentence())
                    .append('\n');
            row.lines(out);
        }
        long newer = rows.stream().filter(UpdateCheck::isNewer).count();
        return out.append(
                        newer == 0
                                ? "Nothing is newer.\n"
                                : Count.of(newer, "container") + " can be updated: tg update NAME, or --all\n")
                .toString();
    }

    private String sentence() {
        ImagePin now = container.now();
        String present = now == null
                ? container.asked().toString()
                : now.of(container.asked()).shown();
        if (!container.isFree()) {
            return present + "  stays: "
                    + (container.asked().digest() != null ? "the file names its digest" : "its policy is pin");
        }
        if (found == null) {
            return present + "  unknown whether there is a newer one";
        }
        String newest = found.pin().of(container.asked()).shown();
        return isNewer() ? (now == null ? newest : present + " → " + newest) : present + "  is the newest";
    }

    private void lines(StringBuilder out) {
        if (!isNewer()) {
            return;
        }
        if (difference == null) {
            out.append("      what differs cannot be said: the registry no longer knows the present one\n");
            return;
        }
        line(out, "env", difference.env());
        line(out, "ports", difference.ports());
        line(out, "volumes", difference.volumes());
        line(out, "user", difference.user().isEmpty() ? List.of() : List.of(difference.user()));
        line(out, "size", difference.size().isEmpty() ? List.of() : List.of(difference.size()));
        if (difference.isEmpty()) {
            out.append("      nothing differs but what is in it\n");
        }
    }

    private static void line(StringBuilder out, String name, List<String> texts) {
        for (String text : texts) {
            out.append("      ")
                    .append(name)
                    .append(" ".repeat(8 - name.length()))
                    .append(Visible.line(text))
                    .append('\n');
        }
    }

    /** For programs. */
    static JsonObject json(List<UpdateCheck> rows, List<Diagnostic> diagnostics) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.add("diagnostics", PlanJson.diagnostics(diagnostics));
        JsonArray containers = new JsonArray();
        rows.forEach(row -> containers.add(row.json()));
        root.add("containers", containers);
        return root;
    }

    private JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("name", container.name());
        json.addProperty("image", container.asked().toString());
        json.addProperty("policy", container.rule().policy().word());
        json.addProperty("state", state());
        ImagePin now = container.now();
        if (now != null) {
            json.addProperty("now", now.of(container.asked()).toString());
        }
        if (found != null) {
            json.addProperty("newest", found.pin().of(container.asked()).toString());
        }
        if (difference != null) {
            JsonObject differences = new JsonObject();
            differences.add("env", array(difference.env()));
            differences.add("ports", array(difference.ports()));
            differences.add("volumes", array(difference.volumes()));
            differences.addProperty("user", difference.user());
            differences.addProperty("size", difference.size());
            json.add("differences", differences);
        }
        return json;
    }

    private static JsonArray array(List<String> lines) {
        JsonArray array = new JsonArray();
        lines.forEach(array::add);
        return array;
    }
}
