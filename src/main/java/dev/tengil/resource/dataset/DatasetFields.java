package dev.tengil.resource.dataset;

import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.DirectoryMode;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.PathInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a dataset by name, as the file wants them and as the host has them. */
final class DatasetFields {

    /** Fields of the top directory: set when it is made, compared only if the file enforces them. */
    static final List<String> TOP = List.of("owner", "mode", "acl");

    /** Stands before the name of a property. */
    static final String PREFIX = "zfs.";

    private DatasetFields() {}

    static SortedMap<String, FieldValue> desired(DatasetResource wanted) {
        SortedMap<String, FieldValue> fields = new TreeMap<>(wanted.owned());
        if (wanted.container()) {
            fields.put("zfs.canmount", FieldValue.of("off"));
        }
        if (wanted.mountpoint() != null) {
            fields.put("mountpoint", FieldValue.of(wanted.mountpoint().value()).at(wanted.span()));
        }
        if (wanted.owner() != null) {
            fields.put("owner", FieldValue.of(wanted.owner().toString()).at(wanted.span()));
        }
        Integer mode = wanted.mode();
        if (mode != null) {
            fields.put("mode", FieldValue.of(DirectoryMode.shown(mode)).at(wanted.span()));
        }
        if (!wanted.acl().isEmpty()) {
            fields.put("acl", FieldValue.of(String.join(",", wanted.acl())).at(wanted.span()));
        }
        return fields;
    }

    /** Only what is set on the very dataset counts: an inherited value may change without anybody touching this one. */
    static Map<String, FieldValue> actual(
            DatasetResource wanted, @Nullable AppliedResource applied, Dataset found, Facts facts) {
        Map<String, FieldValue> actual = new HashMap<>();
        TreeSet<String> names = new TreeSet<>(desired(wanted).keySet());
        if (applied != null) {
            names.addAll(applied.fields().keySet());
        }
        for (String name : names) {
            String property = name.startsWith("zfs.") ? name.substring("zfs.".length()) : name;
            if (TOP.contains(name)) {
                continue;
            }
            String value = found.local(property);
            Dataset.Property any = found.properties().get(property);
            if (value == null && any != null && Property.onlyAtCreation(property)) {
                value = any.value();
            }
            FieldValue asked = wanted.owned().get(name);
            if (property.equals("encryption")
                    && value != null
                    && !value.equals("off")
                    && asked != null
                    && asked.canonical().equals("on")) {
                // On stands for the cipher that is the best one when the dataset is made.
                value = "on";
            }
            // A limit of none is the same as no limit, whatever its source says.
            if (value == null && Property.isLimit(property)) {
                value = "0";
            }
            if (value != null
                    && !(Property.isLimit(property)
                            && value.equals("0")
                            && !wanted.owned().containsKey(name))) {
                actual.put(name, new FieldValue(value, Property.shown(property, value), null));
            }
        }
        PathInfo top =
                wanted.path() == null || !found.mounted() ? null : facts.paths().get(wanted.path());
        if (top != null) {
            actual.put("owner", FieldValue.of(top.uid() + ":" + top.gid()));
            actual.put("mode", FieldValue.of(DirectoryMode.shown(top.mode())));
            if (top.acl().containsAll(wanted.acl())) {
                actual.put("acl", FieldValue.of(String.join(",", wanted.acl())));
            } else {
                actual.put("acl", FieldValue.of(String.join(",", top.acl())));
            }
        }
        return actual;
    }
}
