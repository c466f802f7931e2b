package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that the file asks for, resolved, by address. */
public final class Desired {

    private final SortedMap<Address, Resource> resources = new TreeMap<>();
    private final Set<Address> flawed;

    /** Each address once; the first one stays. */
    public Desired(Collection<? extends Resource> all) {
        this(all, Set.of());
    }

    /**
     * Each address once; the first one stays.
     *
     * @param flawed those that mistakes were found in
     */
    public Desired(Collection<? extends Resource> all, Set<Address> flawed) {
        this.flawed = Set.copyOf(flawed);
        all.forEach(resource -> resources.putIfAbsent(resource.address(), resource));
    }

    public Collection<Resource> all() {
        return resources.values();
    }

    /** Those without mistakes: half of a container looks like another mistake to whoever checks it. */
    public Desired sound() {
        return new Desired(resources.values().stream()
                .filter(resource -> !flawed.contains(resource.address()))
                .toList());
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
