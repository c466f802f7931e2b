package dev.tengil.host.sim.pve;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import dev.tengil.host.sim.pve.guest.RegistryImage;
import dev.tengil.model.Parsed;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What skopeo prints of an image. */
final class SkopeoViews {

    private SkopeoViews() {}

    /**
     * What plain {@code inspect} shows.
     *
     * @param registries where its tags are, null for an archive
     * @param noTags whether they are left out of a real registry's answer
     */
    static JsonObject image(RegistryImage image, @Nullable Registries registries, boolean noTags) {
        JsonObject out = new JsonObject();
        if (registries != null) {
            out.addProperty("Name", image.repository());
        }
        out.addProperty("Digest", image.digest());
        JsonArray tags = new JsonArray();
        if (registries != null
                && !noTags
                && registries.tags(image.repository(), Registries.Told.NOTHING)
                        instanceof Parsed.Ok<List<String>>(List<String> all)) {
            all.forEach(tags::add);
        }
        out.add("RepoTags", tags);
        out.addProperty("Created", "2026-01-01T00:00:00Z");
        out.addProperty("DockerVersion", "");
        JsonElement labels = image.config().get("Labels");
        out.add("Labels", labels == null ? com.google.gson.JsonNull.INSTANCE : labels);
        out.addProperty("Architecture", "amd64");
        out.addProperty("Os", "linux");
        out.add(
                "Layers",
                Json.array(image.layers().stream().map(layer -> layer.digest()).toList()));
        JsonArray layers = new JsonArray();
        image.layers().forEach(each -> {
            JsonObject layer = new JsonObject();
            layer.addProperty("MIMEType", each.type());
            layer.addProperty("Digest", each.digest());
            layer.addProperty("Size", each.size());
            layers.add(layer);
        });
        out.add("LayersData", layers);
        out.add("Env", Json.array(image.list("Env")));
        return out;
    }

    /** Indented by four blanks. */
    static String pretty(JsonElement element) {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        writer.setIndent("    ");
        writer.setHtmlSafe(false);
        writer.setSerializeNulls(true);
        new Gson().toJson(element, writer);
        return text.toString();
    }
}
