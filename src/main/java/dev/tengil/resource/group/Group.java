package dev.tengil.resource.group;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group of people who use shares, or one that only lends its name to an id on disk. */
public record Group(Address address, int gid, @Nullable Span span) implements Resource {
    /** The address of a group. */
    public static Address addressOf(String name) {
        return new Address("group", name);
    }

    public String name() {
        return address.name();
    }

    @Override
    public Set<Address> dependsOn() {
        return Set.of();
    }
}
