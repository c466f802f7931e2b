package dev.tengil.oci;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Descriptor;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.oci.image.ImageConfigReader;
import dev.tengil.oci.image.Manifest;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.PlatformChoice;
import dev.tengil.oci.image.RemoteImage;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at an image on one server: from the tag over the index and the manifest to the config, each held to its digest. */
final class ImageInspection {
    private static final int LONGEST_CONFIG = 8 << 20;
    private static final Set<String> CONFIGS =
            Set.of("", "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");
    private static final Pattern LAYER =
            Pattern.compile("application/vnd\\.(?:oci\\.image\\.layer(?:\\.nondistributable)?\\.v1"
                    + "|docker\\.image\\.rootfs(?:\\.foreign)?\\.diff)\\.tar(?:[.+](?:gzip|zstd))?");

    private final RegistrySession session;
    private final ImageReference image;
    private final Platform platform;
    private final ManifestFetch manifests;

    ImageInspection(RegistrySession session, ImageReference image, Platform platform) {
        this.session = session;
        this.image = image;
        this.platform = platform;
        this.manifests = new ManifestFetch(session, image);
    }

    RemoteImage inspect(Deadline deadline) throws RegistryException {
        ManifestFetch.Fetched top = manifests.byName(deadline);
        return switch (top.manifest()) {
            case Manifest.Image only -> {
                RemoteImage found = image(top.digest(), top.digest(), only, List.of(), deadline);
                Platform made = found.config().platform();
                if (made != null && !platform.runs(made)) {
                    throw otherPlatform("it exists for " + made);
                }
                yield found;
            }
            case Manifest.Index index ->
                switch (PlatformChoice.from(index, platform)) {
                    case Parsed.Ok<Descriptor>(Descriptor chosen) -> chosen(top.digest(), chosen, index, deadline);
                    case Parsed.Bad<Descriptor>(String present) -> throw otherPlatform(present);
                };
            case Manifest.Old _ -> throw old();
        };
    }

    private RemoteImage chosen(String digest, Descriptor chosen, Manifest.Index index, Deadline deadline)
            throws RegistryException {
        ManifestFetch.Fetched manifest = manifests.byDigest(chosen.digest(), deadline);
        return switch (manifest.manifest()) {
            case Manifest.Image one -> image(digest, manifest.digest(), one, platforms(index), deadline);
            case Manifest.Index _ -> throw noImage("it is an index of indexes");
            case Manifest.Old _ -> throw old();
        };
    }

    private static List<Platform> platforms(Manifest.Index index) {
        return index.images().stream()
                .map(Descriptor::platform)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private RemoteImage image(
            String digest, String manifestDigest, Manifest.Image manifest, List<Platform> indexed, Deadline deadline)
            throws RegistryException {
        if (!CONFIGS.contains(manifest.config().mediaType())) {
            throw noImage(
                    "what it holds is of the kind " + shown(manifest.config().mediaType()));
        }
        for (Descriptor layer : manifest.layers()) {
            if (!LAYER.matcher(layer.mediaType()).matches()) {
                throw noImage("one of its layers is of the kind " + shown(layer.mediaType()));
            }
            if (layer.elsewhere()) {
                throw noImage("one of its layers lies on another server, as those of Windows do");
            }
        }
        ImageConfig config = config(manifest.config(), deadline);
        Platform made = config.platform();
        return new RemoteImage(
                image,
                digest,
                manifestDigest,
                manifest.config(),
                config,
                manifest.layers(),
                indexed.isEmpty() && made != null ? List.of(made) : indexed);
    }

    private ImageConfig config(Descriptor descriptor, Deadline deadline) throws RegistryException {
        if (descriptor.size() > LONGEST_CONFIG) {
            throw unreadable("it is longer than 8 MiB");
        }
        Ask ask = Ask.of(
                "GET", session.source().prefix() + image.repository(), "blobs/" + descriptor.digest(), List.of());
        Answer answer = session.get(ask, "the config of " + image, Math.toIntExact(descriptor.size()), deadline);
        DigestCheck.check(
                answer.body(), descriptor.digest(), image, session.source().host());
        return switch (ImageConfigReader.read(answer.body())) {
            case Parsed.Ok<ImageConfig>(ImageConfig config) -> config;
            case Parsed.Bad<ImageConfig>(String reason) -> throw unreadable(reason);
        };
    }

    private RegistryException otherPlatform(String present) {
        return unusable(Diagnostic.error(
                        "image.no-platform", "the image " + image + " does not exist for " + platform + ": " + present)
                .help("Use an image or a tag that is made for " + platform + "."));
    }

    private RegistryException old() {
        return unusable(Diagnostic.error(
                        "image.old-format",
                        "the image " + image + " is kept in Docker's format of before 2016 (schema 1)")
                .help("Nothing reads that today. Use a newer tag; if the registry is your own, push the image anew."));
    }

    private RegistryException noImage(String why) {
        return unusable(
                Diagnostic.error("image.no-image", image + " is no image that a container can be made from: " + why)
                        .help("Registries keep other things too, such as charts. Check the name and the tag."));
    }

    private RegistryException unreadable(String reason) {
        return unusable(Diagnostic.error("image.unreadable", "the config of " + image + " cannot be used: " + reason)
                .help("Use another tag, or tell whoever publishes the image."));
    }

    private static RegistryException unusable(Diagnostic diagnostic) {
        return new RegistryException(RegistryException.Kind.UNUSABLE, diagnostic);
    }

    private static String shown(String mediaType) {
        return mediaType.matches("[\\w.+/-]{1,120}") ? mediaType : "that has no name";
    }
}
