package dev.tengil.resource.facts;

import dev.tengil.oci.image.ImageConfig;

/**
 * What the registry says of an image.
 *
 * @param digest of what the tag points to, {@code sha256:…}
 * @param config untrusted input
 */
public record ImageFacts(String digest, ImageConfig config) {}
