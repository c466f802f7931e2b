package dev.tengil.resource.pkg;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.resource.Resource;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Debian package that something in the file needs.
 *
 * @param neededBy who needs it, to say why it is in the plan
 */
public record ServicePackage(
        Address address,
        SortedSet<Address> neededBy,
        @Nullable Span span) implements Resource {
    public ServicePackage {
        neededBy = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(neededBy));
    }

    /** The address of a package. */
    public static Address addressOf(String name) {
        return new Address("package", name);
    }

    @Override
    public Set<Address> dependsOn() {
        return Set.of();
    }
}
