package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.apps.Catalog;
import dev.tengil.cli.view.Folded;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.cli.view.Visible;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.model.Severity;
import dev.tengil.oci.Deadline;
import dev.tengil.oci.DockerHubSearch;
import dev.tengil.oci.ImageSearch;
import dev.tengil.oci.QuaySearch;
import dev.tengil.oci.Registries;
import dev.tengil.oci.RegistryException;
import dev.tengil.oci.SearchHit;
import dev.tengil.oci.credentials.AuthFilePlaces;
import dev.tengil.oci.credentials.LoginStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code tg oci search WORD…}: Docker Hub's and Quay's own searches, and the lists of registries that are the person's own. */
final class OciSearch {

    private static final int MOST = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<ImageSearch> services;

    /** @param services public registries that offer a search */
    OciSearch(List<ImageSearch> services) {
        this.services = List.copyOf(services);
    }

    /** All that we know how to ask. */
    static OciSearch everywhere() {
        return new OciSearch(List.of(new DockerHubSearch(), new QuaySearch()));
    }

    /** One place and what it found. */
    private record Found(String registry, List<SearchHit> hits) {}

    private interface Place {
        List<SearchHit> ask() throws RegistryException;
    }

    Exit run(List<String> words, Output output) throws Stopped {
        List<Found> found = new ArrayList<>();
        List<Diagnostic> silent = new ArrayList<>();
        try (OciAsking asking = OciAsking.open(output);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<List<SearchHit>>> asked = new LinkedHashMap<>();
            places(words, asking, output).forEach((name, place) -> asked.put(name, threads.submit(place::ask)));
            for (var each : asked.entrySet()) {
                collect(each.getKey(), each.getValue(), found, silent);
            }
            output.diagnostics(asking.keychain().warnings(), null);
        }
        output.diagnostics(silent, null);
        boolean silence = found.isEmpty();
        List<SearchHit> known = Catalog.builtIn().search(words).stream()
                .map(app -> new SearchHit(app.image(), app.title() + ": " + app.about(), 0, false))
                .toList();
        if (!known.isEmpty()) {
            found.addFirst(new Found("catalog", known));
        }
        if (silence && !known.isEmpty()) {
            output.say("No registry could be asked; this is what the catalog has.");
        }
        if (found.isEmpty()) {
            output.error(
                    "registry.nobody-answered",
                    "no registry could be asked, so nothing was found",
                    "Is this machine online? Images that you know by name need no search: tg oci info NAME");
            return Exit.ERROR;
        }
        if (output.globals().json()) {
            output.document(json(words, found, silent));
        } else {
            say(words, found, output);
        }
        return Exit.OK;
    }

    private Map<String, Place> places(List<String> words, OciAsking asking, Output output) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String host : own(asking, output)) {
            places.put(host, () -> listed(host, words, asking));
        }
        String line = String.join(" ", words);
        for (ImageSearch service : services) {
            places.put(service.registry(), () -> service.search(line, MOST, Deadline.in(PATIENCE)));
        }
        return places;
    }

    /** Registries that the file names, or that the person logged in to, and that are not the public ones, which never tell. */
    private static Set<String> own(OciAsking asking, Output output) {
        Set<String> hosts = new TreeSet<>(asking.declared());
        new LoginStore(AuthFilePlaces.own(output.io().env(), output.io().home()))
                .hosts().stream()
                        .filter(host -> ImageReference.registry(host) instanceof Parsed.Ok<String>)
                        .forEach(hosts::add);
        Registries.BUILT_IN.forEach(hosts::remove);
        return hosts;
    }

    private static List<SearchHit> listed(String host, List<String> words, OciAsking asking) throws RegistryException {
        List<SearchHit> hits = new ArrayList<>();
        for (String name : asking.answer((client, deadline) -> client.catalog(host, deadline))
                .names()) {
            boolean all = words.stream().allMatch(word -> name.contains(word.toLowerCase(Locale.ROOT)));
            if (all && ImageReference.parse(host + "/" + name) instanceof Parsed.Ok<ImageReference>(var image)) {
                hits.add(new SearchHit(image, "", 0, false));
            }
        }
        return hits;
    }

    private static void collect(
            String registry, Future<List<SearchHit>> answer, List<Found> found, List<Diagnostic> silent)
            throws Stopped {
        try {
            found.add(new Found(registry, answer.get()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RegistryException refused)) {
                throw new IllegalStateException(e.getCause());
            }
            Diagnostic said = refused.diagnostic();
            silent.add(new Diagnostic(
                    Severity.WARNING,
                    said.code(),
                    registry + " was not searched: " + said.message(),
                    null,
                    null,
                    said.help()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(Exit.INTERRUPTED);
        }
    }

    private static void say(List<String> words, List<Found> found, Output output) {
        int count = 0;
        for (Found each : found) {
            for (SearchHit hit : each.hits()) {
                count++;
                output.result(hit.image().name() + (hit.official() ? "  official" : "")
                        + (hit.stars() > 0 ? "  " + Count.of(hit.stars(), "star") : "")
                        + "\n");
                if (!hit.description().isEmpty()) {
                    Folded.lines(Visible.line(hit.description()), output.io().columns() - 4)
                            .forEach(line -> output.result("    " + line + "\n"));
                }
            }
        }
        if (count == 0) {
            output.say("Nothing was found for " + String.join(" ", words) + " at "
                    + String.join(", ", found.stream().map(Found::registry).toList()) + ".");
        } else {
            output.say("More about one: tg oci info NAME. Its versions: tg oci tags NAME");
        }
    }

    private static JsonObject json(List<String> words, List<Found> found, List<Diagnostic> silent) {
        JsonObject root = new JsonObject();
        root.addProperty("format", 1);
        root.addProperty("words", String.join(" ", words));
        root.add("diagnostics", PlanJson.diagnostics(silent));
        JsonArray searched = new JsonArray();
        JsonArray hits = new JsonArray();
        for (Found each : found) {
            searched.add(each.registry());
            for (SearchHit hit : each.hits()) {
                JsonObject json = new JsonObject();
                json.addProperty("image", hit.image().name());
                json.addProperty("description", hit.description());
                json.addProperty("stars", hit.stars());
                json.addProperty("official", hit.official());
                hits.add(json);
            }
        }
        root.add("searched", searched);
        root.add("hits", hits);
        return root;
    }
}
