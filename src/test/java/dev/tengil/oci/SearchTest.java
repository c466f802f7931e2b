package dev.tengil.oci;

import static dev.tengil.oci.RegistryClientTest.refusal;
import static dev.tengil.oci.RegistryClientTest.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tengil.model.ImageReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers have the members and types that the two services document and send. */
class SearchTest {
    private HttpServer server;
    private URI base;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            TestProxy.send(exchange, status, answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void docker_hubs_hits_are_read() throws Exception {
        answer = """
                {"count": 3, "next": "", "previous": "", "results": [
                  {"repo_name": "jellyfin/jellyfin", "short_description": "The Free\\n\\u001b[31mMedia System", "star_count": 950,
                   "pull_count": 300000000, "repo_owner": "", "is_automated": false, "is_official": false},
                  {"repo_name": "redis", "short_description": "Redis is…", "star_count": 13000, "pull_count": 9000000000,
                   "repo_owner": "", "is_automated": false, "is_official": true},
                  {"repo_name": "BAD NAME", "short_description": "", "star_count": 0, "is_official": false}]}
                """;
        assertThat(new DockerHubSearch(base).search("media & more", 25, soon()))
                .containsExactly(
                        new SearchHit(
                                ImageReference.parse("jellyfin/jellyfin").orThrow(),
                                "The Free [31mMedia System",
                                950,
                                false),
                        new SearchHit(ImageReference.parse("redis").orThrow(), "Redis is…", 13000, true));
        assertThat(asked).containsExactly("/v2/search/repositories/?page_size=25&query=media+%26+more");
    }

    @Test
    void quays_hits_are_read() throws Exception {
        answer = """
                {"results": [
                  {"namespace": {"title": "organization", "kind": "organization", "name": "prometheus", "score": 1.0,
                    "href": "/organization/prometheus"}, "name": "node-exporter", "description": null, "is_public": true,
                   "score": 5.1, "href": "/repository/prometheus/node-exporter", "kind": "repository", "title": "repository",
                   "last_modified": 1700000000, "stars": 12, "popularity": 99.5},
                  {"namespace": null, "name": "x"}],
                 "has_additional": true, "page": 1, "page_size": 10, "start_index": 0}
                """;
        assertThat(new QuaySearch(base).search("node", 10, soon()))
                .containsExactly(new SearchHit(
                        ImageReference.parse("quay.io/prometheus/node-exporter").orThrow(), "", 12, false));
    }

    @Test
    void no_more_hits_than_wanted_are_given() throws Exception {
        answer = "{\"results\": [{\"repo_name\": \"a/a\"}, {\"repo_name\": \"a/b\"}, {\"repo_name\": \"a/c\"}]}";
        assertThat(new DockerHubSearch(base).search("a", 2, soon())).hasSize(2);
    }

    @Test
    void a_search_that_cannot_be_made_says_why() {
        answer = "<html>";
        assertThat(refusal(() -> new QuaySearch(base).search("a", 5, soon()))
                        .diagnostic()
                        .code())
                .isEqualTo("registry.search-changed");
        status = 429;
        assertThat(refusal(() ->
                                new DockerHubSearch(base).search("a", 5, Deadline.in(java.time.Duration.ofMillis(400))))
                        .kind())
                .isEqualTo(RegistryException.Kind.RATE_LIMITED);
        assertThat(refusal(() -> new DockerHubSearch(URI.create("https://hub.invalid")).search("a", 5, soon()))
                        .getMessage())
                .isEqualTo("no address is known for hub.invalid");
    }
}
