package dev.tengil.cli;

import dev.tengil.cli.view.Visible;
import dev.tengil.model.Address;
import dev.tengil.plan.Plan;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody changed behind tengil's back. A field that would change although the file still asks for what was applied can only have
 * been changed on the host.
 */
final class Drift {

    private Drift() {}

    /** Fields by address; addresses without drift are absent. */
    static SortedMap<Address, List<FieldChange>> of(Plan plan, Applied applied) {
        SortedMap<Address, List<FieldChange>> drift = new TreeMap<>();
        for (Change change : plan.changes()) {
            AppliedResource before = applied.get(change.address());
            AppliedResource after = change.outcome();
            if (before == null || after == null) {
                continue;
            }
            List<FieldChange> fields = new ArrayList<>();
            for (FieldChange field : change.fields()) {
                String was = before.fields().get(field.field());
                if (was != null && Objects.equals(was, after.fields().get(field.field()))) {
                    fields.add(field);
                }
            }
            if (!fields.isEmpty()) {
                drift.put(change.address(), List.copyOf(fields));
            }
        }
        return drift;
    }

    /** A line per field: what was applied, and what is there now. */
    static String text(SortedMap<Address, List<FieldChange>> drift) {
        StringBuilder out = new StringBuilder();
        drift.forEach((address, fields) -> {
            out.append("  ").append(address).append('\n');
            for (FieldChange field : fields) {
                out.append("      ")
                        .append(field.field())
                        .append("  applied ")
                        .append(Visible.line(Objects.requireNonNullElse(field.after(), "nothing")))
                        .append(", now ")
                        .append(Visible.line(Objects.requireNonNullElse(field.before(), "nothing")))
                        .append('\n');
            }
        });
        return out.toString();
    }
}
