package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import dev.tengil.oci.image.StrictJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a list that a registry gives out in pages, each naming the next in its {@code Link} header. */
final class NameList {
    private static final int LONGEST_PAGE = 8 << 20;
    private static final int MOST_PAGES = 200;
    private static final int MOST_NAMES = 20_000;
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^,]*\\brel\\s*=\\s*\"?next\"?");

    private final RegistrySession session;
    private final String what;
    private final String field;
    private final Predicate<String> valid;

    /**
     * @param what for the one who reads a refusal
     * @param field of the answer that holds the names
     * @param valid others cannot be used, and are left out
     */
    NameList(RegistrySession session, String what, String field, Predicate<String> valid) {
        this.session = session;
        this.what = what;
        this.field = field;
        this.valid = valid;
    }

    Names read(Ask first, Deadline deadline) throws RegistryException {
        List<String> names = new ArrayList<>();
        Ask ask = first;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer = session.get(ask, what, LONGEST_PAGE, deadline);
            add(answer, names);
            if (names.size() > MOST_NAMES) {
                return new Names(names.subList(0, MOST_NAMES), false);
            }
            String next = next(answer);
            if (next == null) {
                return new Names(names, true);
            }
            if (next.equals(ask.target())) {
                return new Names(names, false);
            }
            ask = ask.withTarget(next);
        }
        return new Names(names, false);
    }

    private void add(Answer answer, List<String> names) throws RegistryException {
        JsonElement list = StrictJson.object(answer.body()) instanceof Parsed.Ok<JsonObject>(JsonObject json)
                ? json.get(field)
                : null;
        switch (list) {
            case JsonArray array -> {
                for (JsonElement each : array) {
                    if (each instanceof JsonPrimitive name && name.isString() && valid.test(name.getAsString())) {
                        names.add(name.getAsString());
                    }
                }
            }
            // An empty repository has null for its tags.
            case JsonNull _ -> {}
            case null, default ->
                throw new RegistryException(
                        RegistryException.Kind.UNUSABLE,
                        Diagnostic.error(
                                        "registry.unexpected",
                                        session.source().host() + " answered something else when asked for " + what)
                                .help("Check that a registry stands there, and not something else of that name."));
        }
    }

    private @Nullable String next(Answer answer) {
        for (String header : answer.headers().allValues("Link")) {
            Matcher link = NEXT.matcher(header);
            if (link.find()) {
                return target(answer.uri(), link.group(1));
            }
        }
        return null;
    }

    /** Only of the server that was asked: a list does not send us anywhere. */
    private static @Nullable String target(URI asked, String link) {
        try {
            URI next = asked.resolve(link);
            boolean same = asked.getScheme().equals(next.getScheme())
                    && asked.getAuthority().equals(next.getAuthority())
                    && next.getRawPath().startsWith("/v2/");
            return same ? next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
