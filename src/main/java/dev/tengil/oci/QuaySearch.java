package dev.tengil.oci;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Quay's search: {@code {"results": [{"namespace": {"name"}, "name", "description", "stars"}]}}. It finds what is public. */
public final class QuaySearch implements ImageSearch {
    private static final String HOST = "quay.io";

    private final SearchService service;

    public QuaySearch() {
        this(URI.create("https://" + HOST));
    }

    /** @param base where the service answers */
    public QuaySearch(URI base) {
        this.service = new SearchService(base);
    }

    @Override
    public String registry() {
        return HOST;
    }

    @Override
    public List<SearchHit> search(String words, int most, Deadline deadline) throws RegistryException {
        return service.ask("/api/v1/find/repositories?query=", words, most, deadline, QuaySearch::hit);
    }

    private static @Nullable SearchHit hit(JsonObject result) {
        String namespace = result.get("namespace") instanceof JsonObject owner ? SearchService.text(owner, "name") : "";
        return SearchService.hit(
                HOST + "/" + namespace + "/" + SearchService.text(result, "name"),
                SearchService.text(result, "description"),
                SearchService.number(result, "stars"),
                false);
    }
}
