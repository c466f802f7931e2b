package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.oci.image.Digest;

/** Holds what came to the digest that was asked for; nothing that differs is used. */
final class DigestCheck {

    private DigestCheck() {}

    static void check(byte[] content, String digest, ImageReference image, String host) throws RegistryException {
        if (!Digest.of(content).equals(digest)) {
            throw differs(image, host);
        }
    }

    static RegistryException differs(ImageReference image, String host) {
        return new RegistryException(
                RegistryException.Kind.UNUSABLE,
                Diagnostic.error(
                                "image.digest-differs",
                                "what " + host + " sends of " + image + " is not what its digest says")
                        .help("It was damaged on the way or in the registry, or somebody changed it. It was not used."
                                + " Try again; if it stays so, tell whoever runs the registry."));
    }
}
