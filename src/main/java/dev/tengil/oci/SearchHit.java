package dev.tengil.oci;

import dev.tengil.model.ImageReference;

/**
 * An image that a search found.
 *
 * @param image without a tag of the publisher's choice: {@code latest} stands there, which need not exist
 * @param description of its publisher, one line
 * @param stars that people gave it
 * @param official whether the registry itself vouches for it
 */
public record SearchHit(ImageReference image, String description, long stars, boolean official) {}
