package dev.tengil.oci;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.ImageReference;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Docker Hub's search: {@code {"results": [{"repo_name", "short_description", "star_count", "is_official"}]}}. */
public final class DockerHubSearch implements ImageSearch {
    private static final URI HUB = URI.create("https://hub.docker.com");

    private final SearchService service;

    public DockerHubSearch() {
        this(HUB);
    }

    /** @param base where the service answers */
    public DockerHubSearch(URI base) {
        this.service = new SearchService(base);
    }

    @Override
    public String registry() {
        return ImageReference.DOCKER_HUB;
    }

    @Override
    public List<SearchHit> search(String words, int most, Deadline deadline) throws RegistryException {
        return service.ask(
                "/v2/search/repositories/?page_size=" + most + "&query=", words, most, deadline, DockerHubSearch::hit);
    }

    private static @Nullable SearchHit hit(JsonObject result) {
        return SearchService.hit(
                ImageReference.DOCKER_HUB + "/" + SearchService.text(result, "repo_name"),
                SearchService.text(result, "short_description"),
                SearchService.number(result, "star_count"),
                result.get("is_official") instanceof JsonPrimitive official && official.getAsBoolean());
    }
}
