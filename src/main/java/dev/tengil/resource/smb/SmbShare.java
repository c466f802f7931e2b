package dev.tengil.resource.smb;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Place;
import dev.tengil.resource.Resource;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One section of our part of smb.conf.
 *
 * @param parameters as written in the file, by the name of the parameter
 * @param place the dataset that must be mounted before the share is published; null for a directory of the root file system
 */
public record SmbShare(
        Address address,
        SortedMap<String, String> parameters,
        @Nullable Place place,
        Set<Address> dependsOn,
        @Nullable Span span)
        implements Resource {
    public SmbShare {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        dependsOn = Set.copyOf(dependsOn);
    }

    /** The address of a share. */
    public static Address addressOf(String name) {
        return new Address("smb", name);
    }

    public String name() {
        return address.name();
    }

    SortedMap<String, FieldValue> fields() {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        parameters.forEach((name, value) -> fields.put(name, FieldValue.of(value)));
        return fields;
    }
}
