package dev.tengil.oci.image;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads manifests and indexes of both families, Docker's schema 2 and OCI's; they differ in nothing but their media types. */
public final class ManifestReader {

    /** The media types that are asked for. */
    public static final List<String> ACCEPTED = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private static final int MOST_ENTRIES = 1_000;
    private static final String UNKNOWN = "unknown";

    private ManifestReader() {}

    /** Reads one; the reason says what is wrong with it. */
    public static Parsed<Manifest> read(byte[] content) {
        return StrictJson.object(content).then(ManifestReader::read);
    }

    private static Parsed<Manifest> read(JsonObject json) {
        if (json.get("schemaVersion") instanceof JsonPrimitive version
                && version.getAsString().equals("1")) {
            return Parsed.ok(new Manifest.Old());
        }
        boolean index = json.has("manifests");
        // What is both would be one thing to us and another to the next reader (CVE-2021-41190).
        boolean both = index && (json.has("config") || json.has("layers"));
        if (both || json.has("fsLayers")) {
            return Parsed.bad("it is a manifest and an index at once");
        }
        return index ? index(json.get("manifests")) : image(json);
    }

    private static Parsed<Manifest> index(JsonElement manifests) {
        return descriptors(manifests, "manifests")
                .map(all -> new Manifest.Index(all.stream()
                        .filter(each -> each.platform() == null
                                || !each.platform().architecture().equals(UNKNOWN))
                        .toList()));
    }

    private static Parsed<Manifest> image(JsonObject json) {
        return descriptor(json.get("config"), "config")
                .then(config ->
                        descriptors(json.get("layers"), "layers").map(layers -> new Manifest.Image(config, layers)));
    }

    private static Parsed<List<Descriptor>> descriptors(@Nullable JsonElement json, String field) {
        if (!(json instanceof JsonArray array)) {
            return Parsed.bad("its " + field + " are missing");
        }
        if (array.size() > MOST_ENTRIES) {
            return Parsed.bad("it has more than " + MOST_ENTRIES + " " + field);
        }
        List<Descriptor> all = new ArrayList<>();
        for (JsonElement each : array) {
            switch (descriptor(each, field)) {
                case Parsed.Ok<Descriptor>(Descriptor descriptor) -> all.add(descriptor);
                case Parsed.Bad<Descriptor>(String reason) -> {
                    return Parsed.bad(reason);
                }
            }
        }
        return Parsed.ok(all);
    }

    private static Parsed<Descriptor> descriptor(@Nullable JsonElement json, String field) {
        if (!(json instanceof JsonObject object)) {
            return Parsed.bad("its " + field + " are missing");
        }
        String digest = text(object, "digest");
        if (digest == null || !Digest.isOne(digest)) {
            return Parsed.bad("something in its " + field + " has no sha256 digest");
        }
        long size = size(object.get("size"));
        if (size < 0) {
            return Parsed.bad("something in its " + field + " has no size");
        }
        String type = text(object, "mediaType");
        boolean elsewhere = object.get("urls") instanceof JsonArray urls && !urls.isEmpty();
        return Parsed.ok(
                new Descriptor(type == null ? "" : type, digest, size, platform(object.get("platform")), elsewhere));
    }

    private static long size(@Nullable JsonElement json) {
        try {
            return json instanceof JsonPrimitive number && number.isNumber()
                    ? Long.parseLong(number.getAsString())
                    : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static @Nullable Platform platform(@Nullable JsonElement json) {
        if (!(json instanceof JsonObject object)) {
            return null;
        }
        String variant = text(object, "variant");
        String words = text(object, "os") + "/" + text(object, "architecture")
                + (variant == null || variant.isEmpty() ? "" : "/" + variant);
        return Platform.parse(words) instanceof Parsed.Ok<Platform>(Platform platform)
                ? platform
                : new Platform(UNKNOWN, UNKNOWN, null);
    }

    private static @Nullable String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive text && text.isString() ? text.getAsString() : null;
    }
}
