package dev.tengil.resource.facts;

import dev.tengil.host.HostException;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;

/** Asks about images, all at once; only about those that nobody knows yet. */
final class ImageQuestions {

    private final SortedMap<ImageReference, Future<Parsed<ImageSource.Seen>>> asked = new TreeMap<>();

    ImageQuestions(Questions ask, ImageSource source, Collection<ImageReference> images) {
        for (ImageReference image : images) {
            asked.put(image, ask.submit(() -> source.image(image)));
        }
    }

    SortedMap<ImageReference, ImageFacts> answers(Questions ask) throws HostException {
        SortedMap<ImageReference, ImageFacts> facts = new TreeMap<>();
        for (var entry : asked.entrySet()) {
            switch (ask.await(entry.getValue(), Parsed.<ImageSource.Seen>bad("nobody answered"))) {
                case Parsed.Ok<ImageSource.Seen>(ImageSource.Seen seen) ->
                    facts.put(entry.getKey(), new ImageFacts(seen.digest(), seen.config(), seen.size()));
                case Parsed.Bad<ImageSource.Seen>(String reason) -> {
                    // A missing program is said once, by whoever cannot do without the answer.
                    if (!reason.equals(SkopeoSource.MISSING)) {
                        Observer.unknownImage(ask.diagnostics(), entry.getKey(), reason);
                    }
                }
            }
        }
        return facts;
    }
}
