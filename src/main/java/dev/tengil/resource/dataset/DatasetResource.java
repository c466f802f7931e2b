package dev.tengil.resource.dataset;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that the file asks for, or that something in it implies.
 *
 * @param owned properties that the file or a profile named in it sets, by name; canonical
 * @param mountpoint as the file says; null to inherit
 * @param path where it is mounted; null when it is nowhere
 * @param owner, mode, acl of its top directory; null and empty when the file does not say
 * @param implied whether the file does not declare it: then it is made, and left alone afterwards
 * @param container whether it only carries other datasets ({@code canmount=off})
 */
public record DatasetResource(
        DatasetName name,
        SortedMap<String, FieldValue> owned,
        @Nullable HostPath mountpoint,
        @Nullable HostPath path,
        @Nullable Owner owner,
        @Nullable Integer mode,
        List<String> acl,
        boolean ownerEnforced,
        boolean protect,
        boolean implied,
        boolean container,
        @Nullable Span span)
        implements Resource {

    public DatasetResource {
        owned = Collections.unmodifiableSortedMap(new TreeMap<>(owned));
        acl = List.copyOf(acl);
    }

    /** The address of a dataset. */
    public static Address addressOf(DatasetName name) {
        return new Address("dataset", name.value());
    }

    DatasetResource withOwner(Owner other) {
        return new DatasetResource(
                name, owned, mountpoint, path, other, mode, acl, ownerEnforced, protect, implied, container, span);
    }

    @Override
    public Address address() {
        return addressOf(name);
    }

    @Override
    public Set<Address> dependsOn() {
        return name.isPoolRoot() ? Set.of() : Set.of(addressOf(name.parent()));
    }
}
