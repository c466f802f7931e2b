package dev.tengil.resource;

import dev.tengil.model.Address;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that tengil set on a host for one stack: the state, as planning sees it.
 *
 * @param stack the stack's name
 * @param serial counts the saves; a saved plan of another serial may be stale
 * @param generation number of the last finished apply, 0 before the first
 * @param salt random text of this stack, mixed into the digests of secrets
 * @param resources by address
 * @param intended what an interrupted apply was about to make: perhaps there, perhaps not. Its choices stay valid
 */
public record Applied(
        String stack,
        long serial,
        int generation,
        String salt,
        SortedMap<Address, AppliedResource> resources,
        SortedMap<Address, AppliedResource> intended) {

    public Applied {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        intended = Collections.unmodifiableSortedMap(new TreeMap<>(intended));
    }

    /** Nothing applied yet. */
    public static Applied empty(String stack, String salt) {
        return new Applied(stack, 0, 0, salt, new TreeMap<>(), new TreeMap<>());
    }

    public @Nullable AppliedResource get(Address address) {
        return resources.get(address);
    }

    /** What was set on these alone. */
    public Applied only(Predicate<Address> of) {
        SortedMap<Address, AppliedResource> some = new TreeMap<>(resources);
        some.keySet().removeIf(of.negate());
        return new Applied(stack, serial, generation, salt, some, intended);
    }

    /** A choice made earlier for a resource, also by an apply that was interrupted; or null. */
    public @Nullable String choice(Address address, String name) {
        AppliedResource resource = resources.getOrDefault(address, intended.get(address));
        return resource == null ? null : resource.choice(name);
    }

    /** All of one kind, in the order of their names. */
    public List<AppliedResource> ofKind(String kind) {
        return resources.values().stream()
                .filter(resource -> resource.address().kind().equals(kind))
                .toList();
    }
}
