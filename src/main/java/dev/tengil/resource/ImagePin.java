package dev.tengil.resource;

import dev.tengil.model.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * What an image name in the file stands for.
 *
 * @param tag the tag that an update went on to; null for the one in the file
 * @param digest {@code sha256:…}
 */
public record ImagePin(@Nullable String tag, String digest) {

    /** The image itself. */
    public ImageReference of(ImageReference asked) {
        return new ImageReference(asked.registry(), asked.repository(), tag == null ? asked.tag() : tag, digest);
    }
}
