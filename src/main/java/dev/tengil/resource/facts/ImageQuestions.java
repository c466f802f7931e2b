package dev.tengil.resource.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.model.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asks registries about images, through skopeo on the host; only about those that nobody knows yet. */
final class ImageQuestions {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private record Asked(Future<Questions.Answer> manifest, Future<Questions.Answer> config) {}

    private final SortedMap<ImageReference, Asked> asked = new TreeMap<>();

    ImageQuestions(Questions ask, Collection<ImageReference> images) {
        for (ImageReference image : images) {
            String source = "docker://" + image.forPull();
            asked.put(
                    image,
                    new Asked(
                            ask.command(Command.reads("skopeo", "inspect", "--no-tags", source)
                                    .withDeadline(PATIENCE)),
                            ask.command(Command.reads("skopeo", "inspect", "--config", source)
                                    .withDeadline(PATIENCE))));
        }
    }

    SortedMap<ImageReference, ImageFacts> answers(Questions ask) throws HostException {
        SortedMap<ImageReference, ImageFacts> facts = new TreeMap<>();
        for (var entry : asked.entrySet()) {
            ImageReference image = entry.getKey();
            Questions.Answer manifest = ask.await(entry.getValue().manifest(), missing());
            Questions.Answer config = ask.await(entry.getValue().config(), missing());
            if (manifest.missing()) {
                // Said once, by whoever cannot do without the answer.
                continue;
            }
            if (manifest.failed() || config.failed()) {
                Questions.Answer failed = manifest.failed() ? manifest : config;
                Observer.unknownImage(ask.diagnostics(), image, reason(failed.errors()));
                continue;
            }
            ImageFacts read = read(manifest.text(), config.text());
            if (read == null) {
                Observer.unreadable(ask.diagnostics(), manifest.command(), "it does not describe an image");
            } else {
                facts.put(image, read);
            }
        }
        return facts;
    }

    /** The end of skopeo's message, where the cause stands: {@code time=… level=fatal msg="Error …: no such host"}. */
    private static String reason(String errors) {
        String line = errors.lines().findFirst().orElse("no message");
        int last = line.lastIndexOf(": ");
        return (last < 0 ? line : line.substring(last + 2)).replaceAll("\"$", "");
    }

    private static Questions.Answer missing() {
        return new Questions.Answer(Command.reads("skopeo"), dev.tengil.host.Result.of(127, "", ""), true);
    }

    private static @Nullable ImageFacts read(String manifest, String config) {
        try {
            JsonObject top = JsonParser.parseString(manifest).getAsJsonObject();
            JsonObject image = JsonParser.parseString(config).getAsJsonObject();
            JsonObject run = image.get("config") instanceof JsonObject object ? object : new JsonObject();
            SortedMap<String, String> labels = new TreeMap<>();
            if (run.get("Labels") instanceof JsonObject object) {
                object.entrySet()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().getAsString()));
            }
            JsonElement workdir = run.get("WorkingDir");
            JsonElement user = run.get("User");
            return new ImageFacts(
                    top.get("Digest").getAsString(),
                    strings(run.get("Env")),
                    strings(run.get("Entrypoint")),
                    strings(run.get("Cmd")),
                    user == null || user.isJsonNull() ? "" : user.getAsString(),
                    workdir == null
                                    || workdir.isJsonNull()
                                    || workdir.getAsString().isEmpty()
                            ? null
                            : workdir.getAsString(),
                    keys(run.get("Volumes")),
                    keys(run.get("ExposedPorts")),
                    labels);
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            // gson answers a missing or mistyped member with one of these
            return null;
        }
    }

    private static List<String> strings(@Nullable JsonElement json) {
        List<String> strings = new ArrayList<>();
        if (json instanceof JsonArray array) {
            array.forEach(each -> strings.add(each.getAsString()));
        }
        return List.copyOf(strings);
    }

    private static SortedSet<String> keys(@Nullable JsonElement json) {
        return json instanceof JsonObject object ? new TreeSet<>(object.keySet()) : new TreeSet<>();
    }
}
