package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An index over images, each for the platform that its config names.
 *
 * @param attested whether it also has an entry that is no image, as buildx makes them
 */
public record TestIndex(List<TestImage> images, boolean attested) {
    static final String TYPE = "application/vnd.oci.image.index.v1+json";

    public static TestIndex of(TestImage... images) {
        return new TestIndex(List.of(images), false);
    }

    public byte[] manifest() {
        JsonArray all = new JsonArray();
        for (TestImage image : images) {
            JsonObject config = JsonParser.parseString(new String(image.config(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            all.add(entry(
                    image,
                    config.get("os").getAsString(),
                    config.get("architecture").getAsString()));
        }
        if (attested) {
            all.add(entry(images.getFirst(), "unknown", "unknown"));
        }
        JsonObject index = new JsonObject();
        index.addProperty("schemaVersion", 2);
        index.addProperty("mediaType", TYPE);
        index.add("manifests", all);
        return TestImage.bytes(index.toString());
    }

    private static JsonObject entry(TestImage image, String os, String architecture) {
        JsonObject platform = new JsonObject();
        platform.addProperty("os", os);
        platform.addProperty("architecture", architecture);
        JsonObject entry = TestImage.descriptor(image.mediaType(), image.manifest());
        entry.add("platform", platform);
        return entry;
    }
}
