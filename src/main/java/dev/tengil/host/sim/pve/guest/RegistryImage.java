package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image of a simulated registry. An archive of it on the simulated disk holds its {@link #document()}, so that what was pulled stays
 * what it was whatever happens to the registry.
 *
 * @param repository with registry host, for example {@code docker.io/library/redis}
 * @param tag its tag
 * @param size bytes of an archive of it
 * @param access who may pull it
 * @param config the {@code config} object of the OCI image config: Env, Entrypoint, Cmd, User, WorkingDir, StopSignal, Volumes…
 * @param content what unpacking it finds
 * @param genuine what a real registry says of it; null for one that is only described
 */
public record RegistryImage(
        String repository,
        String tag,
        long size,
        Access access,
        JsonObject config,
        Content content,
        @Nullable Genuine genuine) {

    /** One that is only described. */
    public RegistryImage(String repository, String tag, long size, Access access, JsonObject config, Content content) {
        this(repository, tag, size, access, config, content, null);
    }

    /**
     * What a real registry says of an image.
     *
     * @param digest of what its name points to
     * @param configDigest of its config
     * @param root its whole config
     */
    public record Genuine(String digest, String configDigest, JsonObject root, List<Layer> layers) {
        /** A layer, as it is transferred. */
        public record Layer(String type, String digest, long size) {}

        private JsonObject document() {
            JsonObject json = new JsonObject();
            json.addProperty("digest", digest);
            json.addProperty("config-digest", configDigest);
            json.add("root", root);
            json.add("layers", views());
            return json;
        }

        private static Genuine of(JsonObject json) {
            List<Layer> layers = new ArrayList<>();
            for (JsonElement each : json.getAsJsonArray("layers")) {
                JsonObject layer = each.getAsJsonObject();
                layers.add(new Layer(
                        layer.get("mediaType").getAsString(),
                        layer.get("digest").getAsString(),
                        layer.get("size").getAsLong()));
            }
            return new Genuine(
                    json.get("digest").getAsString(),
                    json.get("config-digest").getAsString(),
                    json.getAsJsonObject("root"),
                    layers);
        }

        private JsonArray views() {
            JsonArray views = new JsonArray();
            layers.forEach(layer -> views.add(blob(layer.type(), layer.digest(), layer.size())));
            return views;
        }
    }

    /** Its layers, as they are transferred. */
    public List<Genuine.Layer> layers() {
        return genuine != null
                ? genuine.layers()
                : List.of(new Genuine.Layer("application/vnd.oci.image.layer.v1.tar+gzip", layerDigest(), size));
    }

    /** Who may pull an image, and whether its registry answers. */
    public enum Access {
        /** Everybody. */
        OPEN,
        /** Those who logged in. */
        LOGIN,
        /** Nobody: the registry does not answer. */
        UNREACHABLE
    }

    /**
     * What unpacking an image finds in its layers.
     *
     * @param os ID of its os-release; null when it has none
     * @param binary whether its {@code /bin/sh} tells the architecture
     * @param shell whether a shell can be run in it
     * @param users numeric {@code uid:gid:groups} by user name, from its passwd and group files
     * @param files regular files by absolute path
     * @param directories directories that its layers have beside those of the files
     * @param opaque directories that a layer empties of what was there before
     * @param program what its program does
     */
    public record Content(
            @Nullable String os,
            boolean binary,
            boolean shell,
            SortedMap<String, String> users,
            SortedMap<String, String> files,
            List<String> directories,
            List<String> opaque,
            Behaviour program) {}

    /**
     * What the program of an image does once it is started.
     *
     * @param needs what it must find, or it exits at once: paths, and names of variables
     * @param writes where it must be able to write as its user, or it exits at once
     * @param output what it prints on its console when it starts
     * @param ignoresStop whether it goes on when it is asked to end
     * @param service what it does for those who connect
     */
    public record Behaviour(
            List<String> needs, List<String> writes, String output, boolean ignoresStop, Service service) {

        /** One that runs, whatever it finds. */
        public static final Behaviour PLAIN = new Behaviour(List.of(), List.of(), "", false, Service.WILLING);

        /** As an image is described. */
        public static Behaviour of(JsonObject entry) {
            JsonElement output = entry.get("output");
            JsonElement deaf = entry.get("ignores-stop");
            return new Behaviour(
                    list(entry.get("needs")),
                    list(entry.get("writes")),
                    output == null ? "" : output.getAsString(),
                    deaf != null && deaf.getAsBoolean(),
                    Service.of(entry));
        }
    }

    /**
     * What a program does for those who connect to it.
     *
     * @param listens ports; null for all
     * @param readyAfter seconds that it takes to get so far
     * @param answers the status of every answer by HTTP
     */
    public record Service(@Nullable List<String> listens, int readyAfter, int answers) {

        /** One that answers well, at once, wherever it is asked. */
        public static final Service WILLING = new Service(null, 0, 200);

        private static Service of(JsonObject entry) {
            JsonElement after = entry.get("ready-after");
            JsonElement status = entry.get("answers");
            return new Service(
                    entry.has("listens") ? list(entry.get("listens")) : null,
                    after == null ? 0 : after.getAsString().equals("never") ? Integer.MAX_VALUE : after.getAsInt(),
                    status == null ? WILLING.answers() : status.getAsInt());
        }

        private void describe(JsonObject root) {
            if (listens != null) {
                root.add("listens", array(listens));
            }
            if (readyAfter == Integer.MAX_VALUE) {
                root.addProperty("ready-after", "never");
            } else if (readyAfter > 0) {
                root.addProperty("ready-after", readyAfter);
            }
            if (answers != WILLING.answers()) {
                root.addProperty("answers", answers);
            }
        }
    }

    /** Its name with the tag. */
    public String reference() {
        return repository + ":" + tag;
    }

    /** The digest of its manifest. */
    public String digest() {
        return genuine != null
                ? genuine.digest()
                : "sha256:" + Bytes.utf8(manifest().toString()).digest("SHA-256");
    }

    /** The digest of its config. */
    public String configDigest() {
        return genuine != null
                ? genuine.configDigest()
                : "sha256:" + Bytes.utf8(imageConfig().toString()).digest("SHA-256");
    }

    /** The digest of its one layer. */
    public String layerDigest() {
        String layer = "Content[os=" + content.os() + ", binary=" + content.binary() + ", shell=" + content.shell()
                + ", users=" + content.users() + ", files=" + content.files() + ", needs="
                + content.program().needs() + "]" + size;
        return "sha256:" + Bytes.utf8(layer).digest("SHA-256");
    }

    /** The OCI image config, as {@code skopeo inspect --config} prints it. */
    public JsonObject imageConfig() {
        if (genuine != null) {
            return genuine.root().deepCopy();
        }
        JsonObject root = new JsonObject();
        root.addProperty("created", "2026-01-01T00:00:00Z");
        root.addProperty("architecture", "amd64");
        root.addProperty("os", "linux");
        root.add("config", config.deepCopy());
        JsonObject rootfs = new JsonObject();
        rootfs.addProperty("type", "layers");
        JsonArray layers = new JsonArray();
        layers.add(layerDigest());
        rootfs.add("diff_ids", layers);
        root.add("rootfs", rootfs);
        return root;
    }

    /** The OCI manifest. */
    public JsonObject manifest() {
        JsonObject root = new JsonObject();
        root.addProperty("schemaVersion", 2);
        root.addProperty("mediaType", "application/vnd.oci.image.manifest.v1+json");
        root.add(
                "config",
                blob(
                        "application/vnd.oci.image.config.v1+json",
                        configDigest(),
                        imageConfig().toString().length()));
        JsonArray layers = new JsonArray();
        layers().forEach(layer -> layers.add(blob(layer.type(), layer.digest(), layer.size())));
        root.add("layers", layers);
        return root;
    }

    private static JsonObject blob(String type, String digest, long size) {
        JsonObject blob = new JsonObject();
        blob.addProperty("mediaType", type);
        blob.addProperty("digest", digest);
        blob.addProperty("size", size);
        return blob;
    }

    /** As a world describes it. */
    public JsonObject description() {
        JsonObject root = JsonParser.parseString(document().text().substring(MARK.length()))
                .getAsJsonObject();
        root.remove("repository");
        root.remove("tag");
        root.addProperty("access", access.name().toLowerCase(java.util.Locale.ROOT));
        return root;
    }

    private static final String MARK = "simulated OCI archive\n";

    /** The text that stands for its archive on the simulated disk. */
    public Bytes document() {
        JsonObject root = new JsonObject();
        root.addProperty("repository", repository);
        root.addProperty("tag", tag);
        root.addProperty("size", size);
        root.add("config", config);
        if (content.os() != null) {
            root.addProperty("os", content.os());
        }
        root.addProperty("binary", content.binary());
        root.addProperty("shell", content.shell());
        root.add("users", strings(content.users()));
        root.add("files", strings(content.files()));
        root.add("directories", array(content.directories()));
        root.add("opaque", array(content.opaque()));
        root.add("needs", array(content.program().needs()));
        root.add("writes", array(content.program().writes()));
        root.addProperty("output", content.program().output());
        root.addProperty("ignores-stop", content.program().ignoresStop());
        if (genuine != null) {
            root.add("genuine", genuine.document());
        }
        content.program().service().describe(root);
        return Bytes.utf8(MARK + root + "\n");
    }

    /** The image whose archive this is; null when it is no archive of an image. */
    public static @Nullable RegistryImage fromDocument(@Nullable Bytes file) {
        if (file == null || !file.text().startsWith(MARK)) {
            return null;
        }
        JsonObject root =
                JsonParser.parseString(file.text().substring(MARK.length())).getAsJsonObject();
        JsonElement os = root.get("os");
        return new RegistryImage(
                root.get("repository").getAsString(),
                root.get("tag").getAsString(),
                root.get("size").getAsLong(),
                Access.OPEN,
                root.getAsJsonObject("config"),
                new Content(
                        os == null ? null : os.getAsString(),
                        root.get("binary").getAsBoolean(),
                        root.get("shell").getAsBoolean(),
                        map(root.getAsJsonObject("users")),
                        map(root.getAsJsonObject("files")),
                        list(root.get("directories")),
                        list(root.get("opaque")),
                        Behaviour.of(root)),
                root.get("genuine") instanceof JsonObject genuine ? Genuine.of(genuine) : null);
    }

    /** A list of strings in its config, empty when absent. */
    public List<String> list(String key) {
        return list(config.get(key));
    }

    /** A list of strings, empty when there is none. */
    public static List<String> list(@Nullable JsonElement element) {
        List<String> items = new ArrayList<>();
        if (element instanceof JsonArray array) {
            array.forEach(item -> items.add(item.getAsString()));
        }
        return items;
    }

    private static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /** A text in its config, empty when absent. */
    public String text(String key) {
        JsonElement value = config.get(key);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    private static JsonObject strings(Map<String, String> values) {
        JsonObject object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }

    private static SortedMap<String, String> map(JsonObject object) {
        SortedMap<String, String> values = new TreeMap<>();
        object.asMap().forEach((key, value) -> values.put(key, value.getAsString()));
        return values;
    }
}
