package dev.tengil.resource.facts;

import dev.tengil.model.Parsed;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PullSize;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of an image.
 *
 * @param digest of what the tag points to, {@code sha256:…}
 * @param config untrusted input
 * @param size what a pull transfers; null when it was not said
 * @param user the number of a USER with a name, or why it cannot be had; null when nobody looked
 */
public record ImageFacts(
        String digest,
        ImageConfig config,
        @Nullable PullSize size,
        @Nullable Parsed<Owner> user) {

    /** One whose user nobody looked for. */
    public ImageFacts(String digest, ImageConfig config, @Nullable PullSize size) {
        this(digest, config, size, null);
    }

    /** The same with its user. */
    public ImageFacts with(Parsed<Owner> found) {
        return new ImageFacts(digest, config, size, found);
    }

    /** An image of which nothing is known but that it runs something. */
    public static final ImageFacts ANY = new ImageFacts(
            "sha256:" + "0".repeat(64),
            new ImageConfig(
                    List.of(),
                    List.of("/init"),
                    List.of(),
                    "",
                    null,
                    Collections.emptySortedSet(),
                    Collections.emptySortedSet(),
                    Collections.emptySortedMap(),
                    null,
                    null,
                    null,
                    null),
            null);
}
