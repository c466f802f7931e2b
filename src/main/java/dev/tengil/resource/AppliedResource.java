package dev.tengil.resource;

import dev.tengil.model.Address;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tengil last set on one resource.
 *
 * @param address which
 * @param fields owned fields and their canonical values; secrets only as salted digests
 * @param choices values that the file leaves open, kept from then on: vmid, storage, template, digest, MAC, id mode, guid
 */
public record AppliedResource(Address address, SortedMap<String, String> fields, SortedMap<String, String> choices) {

    /** A choice of what was intended and then put back as it had been before: {@code true}. */
    public static final String PUT_BACK = "put_back";

    public AppliedResource {
        fields = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        choices = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(choices));
    }

    /** Of a resource's owned fields. */
    public static AppliedResource of(Address address, Map<String, FieldValue> fields, Map<String, String> choices) {
        SortedMap<String, String> canonical = new TreeMap<>();
        fields.forEach((name, value) -> canonical.put(name, value.canonical()));
        return new AppliedResource(address, canonical, new TreeMap<>(choices));
    }

    /** The same with one more choice. */
    public AppliedResource with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(choices);
        more.put(name, value);
        return new AppliedResource(address, fields, more);
    }

    /** A choice made earlier, or null. */
    public @Nullable String choice(String name) {
        return choices.get(name);
    }
}
