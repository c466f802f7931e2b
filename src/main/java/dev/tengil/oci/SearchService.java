package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.StrictJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a search service and reads its {@code results}; what one result holds differs between them. */
final class SearchService {
    private static final int LONGEST = 4 << 20;
    private static final int LONGEST_DESCRIPTION = 300;

    private final URI base;

    SearchService(URI base) {
        this.base = base;
    }

    /** @param path and query in front of the words */
    List<SearchHit> ask(
            String path, String words, int most, Deadline deadline, Function<JsonObject, @Nullable SearchHit> reader)
            throws RegistryException {
        URI uri = base.resolve(path + URLEncoder.encode(words, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("User-Agent", RegistrySession.AGENT)
                .header("Accept", "application/json")
                .GET()
                .build();
        Answer answer;
        try (Transport transport = new Transport()) {
            answer = new Patience(deadline)
                    .answer(() ->
                            transport.send(request, Transport.Confidence.USUAL, BodyReader.upTo(LONGEST), deadline));
        }
        if (answer.status() != 200) {
            throw Refusal.of(answer, uri.getAuthority(), "what was searched for", null);
        }
        List<SearchHit> hits = new ArrayList<>();
        for (JsonElement each : results(answer)) {
            SearchHit hit = each instanceof JsonObject object ? reader.apply(object) : null;
            if (hit != null && hits.size() < most) {
                hits.add(hit);
            }
        }
        return hits;
    }

    private static JsonArray results(Answer answer) throws RegistryException {
        if (StrictJson.object(answer.body()) instanceof Parsed.Ok<JsonObject>(JsonObject json)
                && json.get("results") instanceof JsonArray results) {
            return results;
        }
        throw new RegistryException(
                RegistryException.Kind.UNUSABLE,
                Diagnostic.error(
                                "registry.search-changed",
                                answer.uri().getAuthority()
                                        + " answered a search with something that is no list of images")
                        .help("Search on its page instead, and please report this: the service may have changed."));
    }

    static @Nullable SearchHit hit(String name, String description, long stars, boolean official) {
        String line = description.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return ImageReference.parse(name) instanceof Parsed.Ok<ImageReference>(ImageReference image)
                ? new SearchHit(
                        image,
                        line.length() > LONGEST_DESCRIPTION ? line.substring(0, LONGEST_DESCRIPTION) + "…" : line,
                        stars,
                        official)
                : null;
    }

    static String text(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
    }

    static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive number && number.isNumber() ? (long) number.getAsDouble() : 0;
    }
}
