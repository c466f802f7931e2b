package dev.tengil.resource.image;

import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Span;
import dev.tengil.resource.ImageArchive;
import dev.tengil.resource.PullSize;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image that something is made from, pinned to its digest.
 *
 * @param storage the template storage that keeps the archive
 * @param size what a pull transfers; null when its registry was not asked
 */
public record Image(
        ImageReference reference,
        String storage,
        @Nullable PullSize size,
        @Nullable Span span) implements Resource {

    @Override
    public Address address() {
        return ImageArchive.address(reference);
    }

    /** The archive's file name. */
    public String file() {
        return ImageArchive.fileName(reference);
    }

    @Override
    public Set<Address> dependsOn() {
        return Set.of();
    }
}
