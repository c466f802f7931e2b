package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the file asks for, resolved, by address. */
public final class Desired {

    private final SortedMap<Address, Resource> resources = new TreeMap<>();

    /** Each address once; the first one stays. */
    public Desired(Collection<? extends Resource> all) {
        all.forEach(resource -> resources.putIfAbsent(resource.address(), resource));
    }

    public Collection<Resource> all() {
        return resources.values();
    }

    public @Nullable Resource get(Address address) {
        return resources.get(address);
    }

    /** Those of one kind, by name. */
    public <R extends Resource> List<R> of(Class<R> type) {
        return resources.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
