package dev.tengil.oci.image;

import dev.tengil.model.ImageReference;
import java.util.List;

/**
 * An image as its registry has it, looked at without pulling it.
 *
 * @param reference as it was asked for
 * @param digest of what the reference points to: of the index where there is one; what a pull is pinned to
 * @param manifestDigest of the manifest for the platform; the same as {@code digest} where there is no index
 * @param configDescriptor where the config lies
 * @param layers compressed, from the lowest to the highest
 * @param platforms for which the image exists; empty when it does not say
 */
public record RemoteImage(
        ImageReference reference,
        String digest,
        String manifestDigest,
        Descriptor configDescriptor,
        ImageConfig config,
        List<Descriptor> layers,
        List<Platform> platforms) {

    /** What a pull transfers, in bytes: the layers as compressed, and the config. */
    public long compressedSize() {
        return configDescriptor.size()
                + layers.stream().mapToLong(Descriptor::size).sum();
    }

    /** The reference that a pull should use: it cannot move. */
    public ImageReference pinned() {
        return reference.withDigest(digest);
    }
}
