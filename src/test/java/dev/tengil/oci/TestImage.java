package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.oci.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An image made by hand, in Docker's form or in OCI's, that says whatever a test wants it to.
 *
 * @param docker whether its media types are Docker's
 * @param config the bytes of its config
 */
public record TestImage(boolean docker, byte[] config, List<TestLayer> layers) {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /** One for linux/amd64 with busybox in a gzip layer; {@code run} fills what its config says of running it. */
    public static TestImage of(Consumer<JsonObject> run) {
        return of("amd64", run, TestLayer.packedBusybox());
    }

    public static TestImage of(String architecture, Consumer<JsonObject> run, TestLayer... layers) {
        JsonObject config = new JsonObject();
        config.addProperty("created", "2026-01-02T03:04:05.678Z");
        config.addProperty("architecture", architecture);
        config.addProperty("os", "linux");
        JsonObject inner = new JsonObject();
        run.accept(inner);
        config.add("config", inner);
        JsonArray ids = new JsonArray();
        for (TestLayer layer : layers) {
            ids.add(Digest.of(layer.tar()));
        }
        JsonObject root = new JsonObject();
        root.addProperty("type", "layers");
        root.add("diff_ids", ids);
        config.add("rootfs", root);
        return new TestImage(false, bytes(config.toString()), List.of(layers));
    }

    /** The same in Docker's form, which skopeo writes anew as OCI's when it pulls. */
    public TestImage inDockersForm() {
        return new TestImage(true, config, layers);
    }

    /** The same with this in its config, word for word. */
    public TestImage replace(String old, String fresh) {
        return new TestImage(docker, bytes(new String(config, StandardCharsets.UTF_8).replace(old, fresh)), layers);
    }

    public String mediaType() {
        return docker ? DOCKER_MANIFEST : OCI_MANIFEST;
    }

    public List<byte[]> blobs() {
        List<byte[]> blobs = new ArrayList<>(List.of(config));
        layers.forEach(layer -> blobs.add(layer.blob()));
        return blobs;
    }

    public byte[] manifest() {
        JsonObject manifest = new JsonObject();
        manifest.addProperty("schemaVersion", 2);
        manifest.addProperty("mediaType", mediaType());
        manifest.add(
                "config",
                descriptor(
                        docker
                                ? "application/vnd.docker.container.image.v1+json"
                                : "application/vnd.oci.image.config.v1+json",
                        config));
        JsonArray all = new JsonArray();
        for (TestLayer layer : layers) {
            String type =
                    docker ? "application/vnd.docker.image.rootfs.diff.tar" : "application/vnd.oci.image.layer.v1.tar";
            String packed = layer.packing().isEmpty() ? "" : (docker ? "." : "+") + layer.packing();
            all.add(descriptor(type + packed, layer.blob()));
        }
        manifest.add("layers", all);
        return bytes(manifest.toString());
    }

    static JsonObject descriptor(String type, byte[] content) {
        JsonObject descriptor = new JsonObject();
        descriptor.addProperty("mediaType", type);
        descriptor.addProperty("digest", Digest.of(content));
        descriptor.addProperty("size", content.length);
        return descriptor;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON list of texts. */
    public static JsonArray list(String... texts) {
        JsonArray list = new JsonArray();
        for (String text : texts) {
            list.add(text);
        }
        return list;
    }

    /** A JSON object with these keys and nothing behind them, as Volumes are. */
    public static JsonObject keys(String... names) {
        JsonObject keys = new JsonObject();
        for (String name : names) {
            keys.add(name, new JsonObject());
        }
        return keys;
    }
}
