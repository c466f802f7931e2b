package dev.tengil.resource.facts;

import dev.tengil.host.HostException;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.resource.Owner;
import dev.tengil.resource.PullSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where newer images are looked for; a port, since more than one program can ask a registry. */
public interface ImageSource {

    /**
     * An image that a registry has.
     *
     * @param digest of what the reference points to
     * @param size of its layers as they are transferred; null when it was not said
     */
    record Seen(String digest, ImageConfig config, @Nullable PullSize size) {

        /** Bytes of its layers; 0 when it was not said. */
        public long bytes() {
            return size == null ? 0 : size.bytes();
        }
    }

    /** The tags of the repository, whatever tag the reference has; or why they cannot be had, as the second half of a sentence. */
    Parsed<List<String>> tags(ImageReference image) throws HostException;

    /** The image itself; or why it cannot be seen, as the second half of a sentence. */
    Parsed<Seen> image(ImageReference image) throws HostException;

    /** The number behind the image's USER, which stands in its layers; or why it cannot be had. Null where nobody can look into them. */
    @Nullable
    Parsed<Owner> user(ImageReference image) throws HostException;
}
