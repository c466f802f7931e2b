package dev.tengil.resource.nfs;

import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
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
 * A directory that is exported.
 *
 * @param clients options by client, as the line of exports(5) says them
 * @param place the dataset that holds it; null on the root file system
 */
public record NfsExport(
        HostPath path,
        SortedMap<String, String> clients,
        @Nullable Place place,
        Set<Address> dependsOn,
        Set<String> names,
        Span span)
        implements Resource {

    public NfsExport {
        clients = Collections.unmodifiableSortedMap(new TreeMap<>(clients));
        dependsOn = Set.copyOf(dependsOn);
        names = Set.copyOf(names);
    }

    static Address addressOf(String path) {
        return new Address("nfs", path);
    }

    @Override
    public Address address() {
        return addressOf(path.value());
    }

    SortedMap<String, FieldValue> fields() {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        clients.forEach((client, options) ->
                fields.put("client." + client, FieldValue.of(options).at(span)));
        return fields;
    }
}
