package dev.tengil.cli.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.model.Diagnostic;
import dev.tengil.oci.image.Healthcheck;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image as JSON: what it leaves open is left out. */
public final class ImageJson {

    private ImageJson() {}

    /** @param snippet for tengil.yml, empty when the image cannot be used */
    public static JsonObject of(RemoteImage image, String snippet, List<Diagnostic> problems) {
        ImageConfig config = image.config();
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("image", image.reference().toString());
        json.addProperty("digest", image.digest());
        json.add(
                "platforms",
                list(image.platforms().stream().map(Platform::toString).toList()));
        json.addProperty("compressedBytes", image.compressedSize());
        json.addProperty("layers", image.layers().size());
        if (config.created() != null) {
            json.addProperty("created", config.created().toString());
        }
        json.add("env", list(config.env()));
        json.add("ports", list(config.ports()));
        json.add("volumes", list(config.volumes()));
        json.addProperty("user", config.user());
        json.add("entrypoint", list(config.entrypoint()));
        json.add("command", list(config.command()));
        optional(json, "workdir", config.workdir());
        optional(json, "stopSignal", config.stopSignal());
        if (config.healthcheck() != null) {
            json.add("healthcheck", health(config.healthcheck()));
        }
        JsonObject labels = new JsonObject();
        config.labels().forEach(labels::addProperty);
        json.add("labels", labels);
        json.addProperty("snippet", snippet);
        json.add("diagnostics", PlanJson.diagnostics(problems));
        return json;
    }

    private static JsonObject health(Healthcheck check) {
        JsonObject json = new JsonObject();
        json.add("test", list(check.test()));
        seconds(json, "intervalSeconds", check.interval());
        seconds(json, "timeoutSeconds", check.timeout());
        seconds(json, "startPeriodSeconds", check.startPeriod());
        if (check.retries() > 0) {
            json.addProperty("retries", check.retries());
        }
        return json;
    }

    private static void seconds(JsonObject json, String name, @Nullable Duration time) {
        if (time != null) {
            json.addProperty(name, time.toNanos() / 1e9);
        }
    }

    private static void optional(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }

    private static JsonArray list(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
