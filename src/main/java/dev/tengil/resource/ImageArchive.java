package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;

/**
 * Where a pulled image lies on a template storage. The name holds the digest, so that neither two registries nor two versions of one tag
 * ever share a file, and a file that is there is the right one.
 */
public final class ImageArchive {
    private static final int DIGITS = 12;
    private static final int LONGEST_PART = 80;

    private ImageArchive() {}

    /** {@code tengil-redis-7.2-0123456789ab.tar}. */
    public static String fileName(ImageReference image) {
        String digest = image.digest();
        if (digest == null) {
            throw new IllegalArgumentException("an archive is named by its digest");
        }
        String repository = image.repository();
        String tag = image.tag();
        return "tengil-" + part(repository.substring(repository.lastIndexOf('/') + 1)) + "-"
                + (tag == null ? "" : part(tag) + "-")
                + digest.substring("sha256:".length(), "sha256:".length() + DIGITS)
                + ".tar";
    }

    /** The resource that brings it about. */
    public static Address address(ImageReference image) {
        return new Address("image", fileName(image));
    }

    private static String part(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9_.-]", "_");
        return safe.length() > LONGEST_PART ? safe.substring(0, LONGEST_PART) : safe;
    }
}
