package dev.tengil.oci;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tengil.model.ImageReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in front of a registry and passes on what it is asked, but for what a test lets it do worse. */
public final class TestProxy implements AutoCloseable {
    private static final Set<String> KEPT = Set.of(
            "content-type", "docker-content-digest", "link", "www-authenticate", "content-range", "location", "etag");

    private final URI behind;
    private final HttpServer server;
    private final boolean encrypted;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Trick trick = (request, exchange) -> false;

    private TestProxy(URI behind, HttpServer server, boolean encrypted) {
        this.behind = behind;
        this.server = server;
        this.encrypted = encrypted;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Plain HTTP. */
    public static TestProxy before(URI behind) throws IOException {
        return new TestProxy(behind, HttpServer.create(address(), 0), false);
    }

    /** TLS in front of the same. */
    public static TestProxy before(URI behind, TestCertificates certificates) throws Exception {
        HttpsServer server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
        return new TestProxy(behind, server, true);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * What came.
     *
     * @param authorization null when nothing was sent along
     */
    public record Request(String method, String path, String authorization, String range) {
        public boolean isFor(String part) {
            return path.contains(part);
        }
    }

    /** Answers in the registry's place, or says no and lets it answer. */
    public interface Trick {
        boolean answers(Request request, HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** From now on. */
    public TestProxy trick(Trick next) {
        trick = next;
        requests.clear();
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create((encrypted ? "https://" : "http://") + host());
    }

    public ImageReference image(String rest) {
        return ImageReference.parse(host() + "/" + rest).orThrow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Range"));
        requests.add(request);
        try (exchange) {
            if (!trick.answers(request, exchange)) {
                HttpResponse<byte[]> response = ask(request, exchange);
                keep(response, exchange);
                send(exchange, response.statusCode(), response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the registry answers. */
    public HttpResponse<byte[]> ask(Request request, HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder onward = HttpRequest.newBuilder(behind.resolve(request.path()))
                .method(request.method(), HttpRequest.BodyPublishers.noBody());
        for (String name : List.of("Accept", "Authorization", "Range")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                onward.header(name, value);
            }
        }
        return client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Answers as the registry does to another path. */
    public boolean redirected(String path, HttpExchange exchange) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = ask(new Request(exchange.getRequestMethod(), path, null, null), exchange);
        keep(response, exchange);
        return send(exchange, response.statusCode(), response.body());
    }

    private static void keep(HttpResponse<byte[]> response, HttpExchange exchange) {
        response.headers().map().forEach((name, values) -> {
            if (KEPT.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
    }

    /** Answers with this. */
    public static boolean send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean bare = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(status, bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
        return true;
    }

    /** Answers with the beginning of what it promised, and hangs up. */
    public static boolean sendPart(HttpExchange exchange, int status, byte[] body, int length) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body, 0, length);
        exchange.getResponseBody().flush();
        exchange.close();
        return true;
    }

    @Override
    public void close() {
        stop();
    }

    /** Nobody is at home from now on. */
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
