package dev.tengil.oci;

import java.util.List;

/**
 * The tags of a repository, or the repositories of a registry, in its order.
 *
 * @param complete whether that is all; a registry may have more than anybody would read
 */
public record Names(List<String> names, boolean complete) {
    public Names {
        names = List.copyOf(names);
    }
}
