package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.Manifest;
import dev.tengil.oci.image.ManifestReader;
import org.jspecify.annotations.Nullable;

/** Fetches manifests from one server, and the digest that a tag points to. */
final class ManifestFetch {
    private static final int LONGEST = 4 << 20;
    private static final String DIGEST_HEADER = "Docker-Content-Digest";

    private final RegistrySession session;
    private final ImageReference image;
    private final String repository;

    ManifestFetch(RegistrySession session, ImageReference image) {
        this.session = session;
        this.image = image;
        this.repository = session.source().prefix() + image.repository();
    }

    /**
     * A manifest, and the digest of its bytes.
     *
     * @param manifest read
     */
    record Fetched(String digest, Manifest manifest) {}

    /** What the tag points to. Asked by HEAD, which Docker Hub does not count. */
    String digest(Deadline deadline) throws RegistryException {
        Ask head = ask("HEAD", name());
        Answer answer = session.ask(head, what(), LONGEST, deadline);
        String digest = answer.header(DIGEST_HEADER).orElse("");
        return switch (answer.status()) {
            case 200 ->
                Digest.isOne(digest) && wantedIs(digest)
                        ? digest
                        : byName(deadline).digest();
            // Without a body there is nothing more to learn than that.
            case 429, 500, 502, 503, 504 -> throw session.refusal(answer, head, what());
            default -> byName(deadline).digest();
        };
    }

    private boolean wantedIs(String digest) {
        return image.digest() == null || image.digest().equals(digest);
    }

    /** What the reference names: by its digest where it has one. */
    Fetched byName(Deadline deadline) throws RegistryException {
        return image.digest() == null ? fetch(name(), null, deadline) : byDigest(image.digest(), deadline);
    }

    /** Exactly this. */
    Fetched byDigest(String digest, Deadline deadline) throws RegistryException {
        return fetch(digest, digest, deadline);
    }

    private Fetched fetch(String name, @Nullable String wanted, Deadline deadline) throws RegistryException {
        Answer answer = session.get(ask("GET", name), what(), LONGEST, deadline);
        String real = Digest.of(answer.body());
        String said = answer.header(DIGEST_HEADER).orElse(real);
        Parsed<Manifest> read = ManifestReader.read(answer.body());
        // Of the old format the digest is one of a part, and it is refused anyway.
        boolean old = read instanceof Parsed.Ok<Manifest>(Manifest manifest) && manifest instanceof Manifest.Old;
        if (!old && !(wanted == null ? said : wanted).equals(real)) {
            throw DigestCheck.differs(image, session.source().host());
        }
        return switch (read) {
            case Parsed.Ok<Manifest>(Manifest manifest) -> new Fetched(real, manifest);
            case Parsed.Bad<Manifest>(String reason) ->
                throw new RegistryException(
                        RegistryException.Kind.UNUSABLE,
                        Diagnostic.error("image.unreadable", "the manifest of " + image + " cannot be used: " + reason)
                                .help("Use another tag, or tell whoever publishes the image."));
        };
    }

    private Ask ask(String method, String name) {
        return Ask.of(method, repository, "manifests/" + name, ManifestReader.ACCEPTED);
    }

    private String name() {
        String digest = image.digest();
        return digest != null ? digest : String.valueOf(image.tag());
    }

    private String what() {
        return "the image " + image;
    }
}
