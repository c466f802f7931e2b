package dev.tengil.resource;

import dev.tengil.model.Address;
import java.util.List;
import java.util.Set;

/**
 * What a kind made of its declarations.
 *
 * @param resources the desired records
 * @param flawed addresses of those that mistakes were found in: what stands in them may be half of what is meant
 * @param needs what must exist for them and belongs to other kinds
 */
public record Resolved<R extends Resource>(List<R> resources, Set<Address> flawed, List<Need> needs) {

    /** Without saying which have mistakes. */
    public Resolved(List<R> resources, List<Need> needs) {
        this(resources, Set.of(), needs);
    }

    public Resolved {
        resources = List.copyOf(resources);
        flawed = Set.copyOf(flawed);
        needs = List.copyOf(needs);
    }
}
