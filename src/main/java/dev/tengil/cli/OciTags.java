package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.model.ImageReference;
import dev.tengil.oci.Names;
import dev.tengil.resource.DebianVersion;
import java.util.List;

/** {@code tg oci tags IMAGE}. */
final class OciTags {

    private OciTags() {}

    static Exit run(String word, Output output) throws Stopped {
        ImageReference image = OciAsking.image(word, output);
        try (OciAsking asking = OciAsking.open(output)) {
            Names tags = asking.ask((client, deadline) -> client.tags(image, deadline));
            // Registries have orders of their own; as versions, the newest comes last and stays in sight.
            List<String> sorted =
                    tags.names().stream().sorted(DebianVersion::compare).toList();
            if (output.globals().json()) {
                JsonObject json = new JsonObject();
                json.addProperty("format", 1);
                json.addProperty("image", image.name());
                json.addProperty("complete", tags.complete());
                JsonArray names = new JsonArray();
                sorted.forEach(names::add);
                json.add("tags", names);
                output.document(json);
                return Exit.OK;
            }
            sorted.forEach(tag -> output.result(tag + "\n"));
            if (tags.names().isEmpty()) {
                output.say(image.name() + " has no tags.");
            } else if (!tags.complete()) {
                output.say("There are more; these are the first " + tags.names().size() + ".");
            }
            return Exit.OK;
        }
    }
}
