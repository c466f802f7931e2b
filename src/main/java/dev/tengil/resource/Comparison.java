package dev.tengil.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The three-way comparison that every kind uses: only owned fields count, and values are compared by meaning. */
public final class Comparison {

    private Comparison() {}

    /**
     * What is to be changed.
     *
     * @param desired owned fields by name
     * @param actual fields on the host by name, at least those in {@code desired} and {@code applied} that are set there
     * @param applied what was owned the last time; null when nothing is known
     * @param effect what changing a field costs, given its name and whether it goes away
     */
    public static List<FieldChange> changes(
            SortedMap<String, FieldValue> desired,
            Map<String, FieldValue> actual,
            @Nullable AppliedResource applied,
            BiFunction<String, Boolean, Effect> effect) {
        TreeSet<String> names = new TreeSet<>(desired.keySet());
        if (applied != null) {
            names.addAll(applied.fields().keySet());
        }
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            FieldValue wanted = desired.get(name);
            FieldValue found = actual.get(name);
            if (wanted == null) {
                if (found != null) {
                    changes.add(new FieldChange(
                            name, found.shown(), null, effect.apply(name, true), "no longer in the file"));
                }
            } else if (found == null || !found.canonical().equals(wanted.canonical())) {
                boolean drifted = applied != null
                        && wanted.canonical().equals(applied.fields().get(name));
                changes.add(new FieldChange(
                        name,
                        found == null ? null : found.shown(),
                        wanted.shown(),
                        effect.apply(name, false),
                        drifted ? "changed on the host" : null));
            }
        }
        return changes;
    }
}
