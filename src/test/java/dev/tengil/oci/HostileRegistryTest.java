package dev.tengil.oci;

import static dev.tengil.oci.RegistryClientTest.insecure;
import static dev.tengil.oci.RegistryClientTest.refusal;
import static dev.tengil.oci.RegistryClientTest.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.image.Digest;
import dev.tengil.oci.image.Platform;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry with something in between that does what networks, busy servers and attackers do. */
class HostileRegistryTest {

    @TempDir
    static Path directory;

    private static TestRegistry registry;
    private static TestImage app;
    private static String digest;

    private TestProxy proxy;
    private RegistryClient client;
    private ImageReference image;

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.plain(directory);
        app = TestImage.of(run -> run.addProperty("User", "5"));
        digest = registry.push("team/app", "1", app);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void stand() throws Exception {
        proxy = TestProxy.before(registry.uri());
        client = insecure(proxy.host());
        image = proxy.image("team/app:1");
        // So that what a test counts is not the search for the way in.
        client.ping(proxy.host(), soon());
    }

    @AfterEach
    void leave() {
        client.close();
        proxy.close();
    }

    private String refused(RegistryClientTest.Question question) {
        return refusal(question).diagnostic().code();
    }

    private Object inspect() throws RegistryException {
        return client.inspect(image, Platform.LINUX_AMD64, soon());
    }

    @Test
    void a_server_that_says_no_digest_has_it_counted_here() throws Exception {
        proxy.trick((request, exchange) -> {
            HttpResponse<byte[]> real = proxy.ask(request, exchange);
            return TestProxy.send(exchange, real.statusCode(), real.body());
        });
        assertThat(client.digest(image, soon())).isEqualTo(digest);
        proxy.trick(
                (request, exchange) -> request.method().equals("HEAD") && TestProxy.send(exchange, 405, new byte[0]));
        assertThat(client.digest(image, soon())).isEqualTo(digest);
    }

    @Test
    void a_changed_manifest_or_config_is_not_used() {
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            return request.isFor("/manifests/")
                    && TestProxy.send(exchange, 200, TestImage.of(run -> {}).manifest());
        });
        assertThat(refused(this::inspect)).isEqualTo("image.digest-differs");
        assertThat(refused(() -> client.inspect(image.withDigest(digest), Platform.LINUX_AMD64, soon())))
                .isEqualTo("image.digest-differs");
        byte[] other = app.config().clone();
        other[other.length - 1] = ' ';
        proxy.trick((request, exchange) -> request.isFor("/blobs/") && TestProxy.send(exchange, 200, other));
        assertThat(refused(this::inspect)).isEqualTo("image.digest-differs");
    }

    @Test
    void a_busy_registry_is_asked_again_when_it_wants() throws Exception {
        AtomicInteger times = new AtomicInteger();
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "1");
            return times.incrementAndGet() <= 2 && TestProxy.send(exchange, 429, new byte[0]);
        });
        long begun = System.nanoTime();
        assertThat(client.digest(image, soon())).isEqualTo(digest);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(proxy.requests()).hasSize(3);
    }

    @Test
    void a_wait_beyond_the_deadline_is_not_begun_and_is_told() {
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Retry-After", "21600");
            return TestProxy.send(
                    exchange,
                    429,
                    "{\"errors\": [{\"code\": \"TOOMANYREQUESTS\", \"message\": \"slow down\"}]}"
                            .getBytes(StandardCharsets.UTF_8));
        });
        RegistryException limited = refusal(() -> client.digest(image, soon()));
        assertThat(limited.kind()).isEqualTo(RegistryException.Kind.RATE_LIMITED);
        assertThat(limited).hasMessage(proxy.host() + " wants to be asked less often, for 6 h");
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void trouble_that_passes_is_waited_for_and_trouble_that_stays_is_told() throws Exception {
        AtomicInteger times = new AtomicInteger();
        proxy.trick((request, exchange) -> times.incrementAndGet() <= 2 && TestProxy.send(exchange, 503, new byte[0]));
        assertThat(client.digest(image, soon())).isEqualTo(digest);
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 502, "<html>".getBytes(StandardCharsets.UTF_8)));
        RegistryException trouble = refusal(() -> client.digest(image, soon()));
        assertThat(trouble.kind()).isEqualTo(RegistryException.Kind.OUT_OF_REACH);
        assertThat(trouble).hasMessage(proxy.host() + " is in trouble: it answered 502");
    }

    @Test
    void every_other_refusal_has_words_of_its_own() {
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 403, new byte[0]));
        assertThat(refused(this::inspect)).isEqualTo("registry.login-needed");
        proxy.trick((request, exchange) ->
                TestProxy.send(exchange, 418, "\u001b[31mI am".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(this::inspect)).isEqualTo("registry.unexpected");
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(this::inspect)).isEqualTo("image.unreadable");
        proxy.trick((request, exchange) -> TestProxy.send(
                exchange, 404, "{\"message\": \"no\\u001b[31m\\nsuch\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal(this::inspect).getMessage()).endsWith(" (no [31m such)");
    }

    @Test
    void only_encrypted_addresses_and_the_insecure_host_itself_are_gone_on_to() throws Exception {
        int port = Integer.parseInt(registry.host().substring("127.0.0.1:".length()));
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", "http://localhost:" + port + request.path());
            return request.isFor("/blobs/") && TestProxy.send(exchange, 302, new byte[0]);
        });
        RegistryException refused = refusal(this::inspect);
        assertThat(refused.diagnostic().code()).isEqualTo("registry.redirect");
        assertThat(refused.getMessage()).contains("localhost:" + port + " without encryption");
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders()
                    .set("Location", registry.uri().resolve(request.path()).toString());
            return request.isFor("/blobs/") && TestProxy.send(exchange, 302, new byte[0]);
        });
        assertThat(client.inspect(image, Platform.LINUX_AMD64, soon()).config().user())
                .isEqualTo("5");
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", request.path() + "x");
            return TestProxy.send(exchange, 307, new byte[0]);
        });
        assertThat(refusal(this::inspect).getMessage()).endsWith("sends us round in circles");
        assertThat(proxy.requests()).hasSize(6);
    }

    @Test
    void an_encrypted_registry_sends_nobody_to_where_it_is_not() throws Exception {
        TestCertificates certificates = TestCertificates.make(directory);
        try (TestProxy encrypted = TestProxy.before(registry.uri(), certificates);
                RegistryClient trusting = new RegistryClient(
                        new Registries(
                                List.of(new Registry(encrypted.host(), null, null, false, certificates.authority()))),
                        Keychain.empty())) {
            encrypted.trick((request, exchange) -> {
                exchange.getResponseHeaders()
                        .set("Location", registry.uri().resolve(request.path()).toString());
                return request.isFor("/blobs/") && TestProxy.send(exchange, 302, new byte[0]);
            });
            assertThat(refused(() -> trusting.inspect(encrypted.image("team/app:1"), Platform.LINUX_AMD64, soon())))
                    .isEqualTo("registry.redirect");
        }
    }

    @Test
    void an_answer_without_end_is_not_read_to_it() {
        proxy.trick((request, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 20];
            try {
                for (int i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(much);
                }
            } catch (java.io.IOException e) {
                // the client hung up
            }
            return true;
        });
        assertThat(refused(this::inspect)).isEqualTo("registry.too-long");
    }

    @Test
    void a_server_that_falls_silent_is_left_at_the_deadline() {
        proxy.trick((request, exchange) -> {
            Thread.sleep(30_000);
            return true;
        });
        long begun = System.nanoTime();
        assertThat(refused(() -> client.digest(image, Deadline.in(Duration.ofSeconds(1)))))
                .isEqualTo("registry.timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void a_body_that_falls_silent_in_the_middle_is_left_at_the_deadline_too() {
        proxy.trick((request, exchange) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            Thread.sleep(30_000);
            return true;
        });
        assertThat(refused(() -> client.inspect(image, Platform.LINUX_AMD64, Deadline.in(Duration.ofSeconds(1)))))
                .isEqualTo("registry.timeout");
    }

    @Test
    void what_is_no_image_and_what_is_older_than_images_is_refused() {
        String old =
                "{\"schemaVersion\": 1, \"name\": \"team/app\", \"tag\": \"1\", \"fsLayers\": [], \"history\": []}";
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 200, old.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(this::inspect)).isEqualTo("image.old-format");
        String chart = new String(app.manifest(), StandardCharsets.UTF_8)
                .replace("application/vnd.oci.image.config.v1+json", "application/vnd.cncf.helm.config.v1+json");
        proxy.trick((request, exchange) ->
                request.isFor("/manifests/") && TestProxy.send(exchange, 200, chart.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(this::inspect)).isEqualTo("image.no-image");
        String both = new String(app.manifest(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"manifests\": [],");
        proxy.trick((request, exchange) ->
                request.isFor("/manifests/") && TestProxy.send(exchange, 200, both.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused(this::inspect)).isEqualTo("image.unreadable");
    }

    @Test
    void lists_without_end_stop_somewhere_and_lead_nowhere_else() throws Exception {
        AtomicInteger page = new AtomicInteger();
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders()
                    .set("Link", "</v2/team/app/tags/list?last=" + page.incrementAndGet() + ">; rel=\"next\"");
            return TestProxy.send(exchange, 200, tags("a"));
        });
        assertThat(client.tags(image, soon()).complete()).isFalse();
        assertThat(proxy.requests()).hasSize(200);
        String many = String.join(
                ",", IntStream.range(0, 30_000).mapToObj(i -> "\"t" + i + "\"").toList());
        proxy.trick((request, exchange) ->
                TestProxy.send(exchange, 200, ("{\"tags\": [" + many + "]}").getBytes(StandardCharsets.UTF_8)));
        assertThat(client.tags(image, soon()))
                .satisfies(tags -> assertThat(tags.names()).hasSize(20_000));
        proxy.trick((request, exchange) -> {
            exchange.getResponseHeaders().set("Link", "<http://localhost:1/v2/x>; rel=\"next\"");
            return TestProxy.send(exchange, 200, tags("a\", \"\u001b[2J\", \"-x\", \"b"));
        });
        assertThat(client.tags(image, soon()).names()).containsExactly("a", "b");
        proxy.trick((request, exchange) ->
                TestProxy.send(exchange, 200, "{\"tags\": null}".getBytes(StandardCharsets.UTF_8)));
        assertThat(client.tags(image, soon()).names()).isEmpty();
    }

    private static byte[] tags(String names) {
        return ("{\"tags\": [\"" + names.replace("\u001b", "\\u001b") + "\"]}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nobody_at_home_and_no_such_name_are_told_apart() throws Exception {
        int nobody = TestRegistry.freePort();
        try (RegistryClient any = new RegistryClient(Registries.builtIn(), Keychain.empty())) {
            assertThat(refusal(() -> any.digest(
                                    ImageReference.parse("127.0.0.1:" + nobody + "/a:1")
                                            .orThrow(),
                                    soon()))
                            .getMessage())
                    .isEqualTo("127.0.0.1:" + nobody + " cannot be reached");
            assertThat(refusal(() -> any.digest(
                                    ImageReference.parse("registry.invalid/a:1").orThrow(), soon()))
                            .getMessage())
                    .isEqualTo("no address is known for registry.invalid");
        }
    }

    @Test
    void an_index_may_not_lead_to_something_else_than_it_says() throws Exception {
        TestImage arm = TestImage.of("arm64", run -> {});
        String index = new String(TestIndex.of(app).manifest(), StandardCharsets.UTF_8);
        registry.push("team/app", Digest.of(arm.manifest()), arm);
        proxy.trick((request, exchange) -> {
            if (request.isFor("/manifests/1")) {
                return TestProxy.send(exchange, 200, index.getBytes(StandardCharsets.UTF_8));
            }
            return request.isFor("/manifests/") && TestProxy.send(exchange, 200, arm.manifest());
        });
        assertThat(refused(this::inspect)).isEqualTo("image.digest-differs");
    }
}
