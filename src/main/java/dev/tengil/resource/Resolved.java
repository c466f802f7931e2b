package dev.tengil.resource;

import java.util.List;

/**
 * What a kind made of its declarations.
 *
 * @param resources the desired records
 * @param needs what must exist for them and belongs to other kinds
 */
public record Resolved<R extends Resource>(List<R> resources, List<Need> needs) {
    public Resolved {
        resources = List.copyOf(resources);
        needs = List.copyOf(needs);
    }
}
