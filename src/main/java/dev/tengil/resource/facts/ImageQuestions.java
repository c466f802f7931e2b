package dev.tengil.resource.facts;

import com.google.gson.JsonPrimitive;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.ImageConfigReader;
import dev.tengil.oci.image.StrictJson;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;

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
            switch (read(manifest.text(), config.text())) {
                case Parsed.Ok<ImageFacts>(ImageFacts read) -> facts.put(image, read);
                case Parsed.Bad<ImageFacts>(String reason) ->
                    Observer.unreadable(ask.diagnostics(), manifest.command(), reason);
            }
        }
        return facts;
    }

    /** The end of skopeo's message, where the cause stands: {@code time=… level=fatal msg="Error …: no such host"}. */
    static String reason(String errors) {
        String line = errors.lines().findFirst().orElse("no message");
        int last = line.lastIndexOf(": ");
        return (last < 0 ? line : line.substring(last + 2)).replaceAll("\"$", "");
    }

    private static Questions.Answer missing() {
        return new Questions.Answer(Command.reads("skopeo"), dev.tengil.host.Result.of(127, "", ""), true);
    }

    static Parsed<ImageFacts> read(String manifest, String config) {
        return StrictJson.object(manifest)
                .then(top -> top.get("Digest") instanceof JsonPrimitive digest && Digest.isOne(digest.getAsString())
                        ? ImageConfigReader.read(config).map(read -> new ImageFacts(digest.getAsString(), read))
                        : Parsed.bad("it names no digest"));
    }
}
