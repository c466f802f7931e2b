package dev.tengil.resource.facts;

import dev.tengil.oci.image.ImageConfig;
import java.util.Collections;
import java.util.List;

/**
 * What the registry says of an image.
 *
 * @param digest of what the tag points to, {@code sha256:…}
 * @param config untrusted input
 */
public record ImageFacts(String digest, ImageConfig config) {

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
                    null));
}
