package dev.tengil.oci;

import static dev.tengil.oci.RegistryClientTest.insecure;
import static dev.tengil.oci.RegistryClientTest.refusal;
import static dev.tengil.oci.RegistryClientTest.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.image.Descriptor;
import dev.tengil.oci.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers are brought whole, whatever happens to the connection. */
class DownloadTest {
    private static final int SIZE = 3 << 20;

    @TempDir
    static Path directory;

    private static TestRegistry registry;
    private static byte[] content;
    private static Descriptor layer;

    private TestProxy proxy;
    private RegistryClient client;
    private ImageReference image;
    private Path file;
    private final List<Long> progress = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        registry = TestRegistry.plain(directory);
        content = new byte[SIZE];
        new Random(1).nextBytes(content);
        registry.push("team/app", "1", TestImage.of("amd64", run -> {}, TestLayer.plain(content)));
        layer = new Descriptor("application/vnd.oci.image.layer.v1.tar", Digest.of(content), SIZE, null, false);
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
        file = Files.createTempDirectory(directory, "download").resolve("layer");
        client.ping(proxy.host(), soon());
    }

    @AfterEach
    void leave() {
        client.close();
        proxy.close();
    }

    private void download() throws RegistryException {
        client.download(image, layer, file, progress::add, soon());
    }

    private Path part() {
        return file.resolveSibling("layer.part");
    }

    @Test
    void a_layer_is_brought_into_a_file_and_into_a_stream() throws Exception {
        download();
        assertThat(file).hasBinaryContent(content);
        assertThat(part()).doesNotExist();
        assertThat(progress).isSorted().last().isEqualTo((long) SIZE);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        client.download(image, layer, stream, bytes -> {}, soon());
        assertThat(stream.toByteArray()).isEqualTo(content);
    }

    @Test
    void a_connection_that_breaks_again_and_again_is_gone_on_with_where_it_broke() throws Exception {
        proxy.trick((request, exchange) -> cut(request, exchange, 700_000));
        download();
        assertThat(file).hasBinaryContent(content);
        assertThat(proxy.requests()).hasSizeGreaterThan(4);
        assertThat(proxy.requests().stream().skip(1))
                .allSatisfy(request ->
                        assertThat(request.range()).startsWith("bytes=").isNotEqualTo("bytes=0-"));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        client.download(image, layer, stream, bytes -> {}, soon());
        assertThat(stream.toByteArray()).isEqualTo(content);
    }

    private boolean cut(TestProxy.Request request, com.sun.net.httpserver.HttpExchange exchange, int length)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> real = proxy.ask(request, exchange);
        real.headers()
                .firstValue("Content-Range")
                .ifPresent(value -> exchange.getResponseHeaders().set("Content-Range", value));
        return real.body().length > length
                ? TestProxy.sendPart(exchange, real.statusCode(), real.body(), length)
                : TestProxy.send(exchange, real.statusCode(), real.body());
    }

    @Test
    void one_that_never_brings_anything_is_given_up_and_what_came_before_stays() throws Exception {
        AtomicInteger times = new AtomicInteger();
        proxy.trick((request, exchange) -> cut(request, exchange, times.getAndIncrement() == 0 ? 500_000 : 0));
        assertThat(refusal(() -> {
                            download();
                            return "";
                        })
                        .kind())
                .isEqualTo(RegistryException.Kind.OUT_OF_REACH);
        assertThat(times).hasValueLessThan(8);
        assertThat(part()).hasSize(500_000);
        proxy.trick((request, exchange) -> false);
        download();
        assertThat(proxy.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.range()).isEqualTo("bytes=500000-"));
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void a_server_without_ranges_sends_all_again_and_the_file_is_right() throws Exception {
        Files.write(part(), java.util.Arrays.copyOf(content, 1_000_000));
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 200, content));
        download();
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void a_part_of_something_else_is_thrown_away() throws Exception {
        Files.write(part(), new byte[1_000_000]);
        download();
        assertThat(file).hasBinaryContent(content);
        Files.write(part(), new byte[SIZE + 1]);
        download();
        assertThat(file).hasBinaryContent(content);
        Files.write(part(), new byte[SIZE]);
        download();
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void a_layer_that_is_damaged_in_the_registry_gets_no_name() throws Exception {
        byte[] small = {1, 2, 3, 4};
        registry.push("team/bad", "1", TestImage.of("amd64", run -> {}, TestLayer.plain(small)));
        Files.write(registry.blob(Digest.of(small)), new byte[] {1, 2, 3, 5});
        Descriptor bad = new Descriptor("", Digest.of(small), 4, null, false);
        assertThat(refusal(() -> {
                            client.download(proxy.image("team/bad:1"), bad, file, bytes -> {}, soon());
                            return "";
                        })
                        .diagnostic()
                        .code())
                .isEqualTo("image.digest-differs");
        assertThat(file).doesNotExist();
        assertThat(part()).doesNotExist();
    }

    @Test
    void more_than_was_promised_is_refused() {
        proxy.trick((request, exchange) -> TestProxy.send(exchange, 200, new byte[SIZE + 1]));
        assertThat(refusal(() -> {
                            download();
                            return "";
                        })
                        .diagnostic()
                        .code())
                .isEqualTo("registry.too-long");
    }

    @Test
    void a_full_disk_is_not_the_registrys_fault() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        RegistryException refused = refusal(() -> {
            client.download(image, layer, full, bytes -> {}, soon());
            return "";
        });
        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.FILE);
        assertThat(refused.getMessage()).endsWith(": No space left on device");
    }

    @Test
    void a_transfer_that_stalls_is_begun_anew_where_it_stood() throws Exception {
        AtomicInteger times = new AtomicInteger();
        proxy.trick((request, exchange) -> {
            if (times.getAndIncrement() > 0) {
                return cut(request, exchange, Integer.MAX_VALUE);
            }
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, 100_000);
            exchange.getResponseBody().flush();
            Thread.sleep(30_000);
            return true;
        });
        try (RegistryClient impatient = new RegistryClient(
                new Registries(List.of(new Registry(proxy.host(), null, null, true, null))),
                Keychain.empty(),
                new Transport(Duration.ofSeconds(2), Duration.ofMillis(300)))) {
            impatient.download(image, layer, file, progress::add, soon());
        }
        assertThat(file).hasBinaryContent(content);
        assertThat(proxy.requests())
                .hasSize(2)
                .last()
                .satisfies(request -> assertThat(request.range()).isEqualTo("bytes=100000-"));
    }
}
