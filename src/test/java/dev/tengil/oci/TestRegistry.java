package dev.tengil.oci;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.image.Digest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A real registry (Debian's docker-registry) on a loopback port. Others over the same content answer with TLS, with passwords or with
 * tokens; images are pushed into the plain one.
 */
public final class TestRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final Path HTPASSWD = Path.of("/usr/bin/htpasswd");

    private static final HttpClient PUSHER =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path directory;
    private final Path content;
    private final int port;
    private final boolean encrypted;
    private final Process process;

    private TestRegistry(Path directory, Path content, String http, String auth) throws Exception {
        this.directory = directory;
        this.content = content;
        this.port = freePort();
        this.encrypted = http.contains("tls");
        Path config = directory.resolve("registry-" + port + ".yml");
        Files.writeString(config, """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d", secret: test%s}
                %s
                """.formatted(content, port, http, auth));
        this.process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        awaitListening();
    }

    public static void assumePresent() {
        assumeTrue(Files.isExecutable(PROGRAM), "skipped: docker-registry is missing");
    }

    /** Plain HTTP, for everybody. */
    public static TestRegistry plain(Path directory) throws Exception {
        assumePresent();
        return new TestRegistry(directory, Files.createDirectories(directory.resolve("content")), "", "");
    }

    /** The same content with TLS. */
    public TestRegistry encrypted(TestCertificates certificates) throws Exception {
        return new TestRegistry(directory, content, tls(certificates), "");
    }

    /** The same content with TLS, for this login alone. */
    public TestRegistry withPassword(TestCertificates certificates, String user, String password) throws Exception {
        return new TestRegistry(directory, content, tls(certificates), htpasswd(user, password));
    }

    /** The same content with plain HTTP, for this login alone. */
    public TestRegistry withPassword(String user, String password) throws Exception {
        return new TestRegistry(directory, content, "", htpasswd(user, password));
    }

    /** The same content with plain HTTP, for tokens of this server. */
    public TestRegistry withTokens(TestTokenServer tokens) throws Exception {
        return new TestRegistry(
                directory,
                content,
                "",
                "auth: {token: {realm: \"%s\", service: \"%s\", issuer: \"%s\", rootcertbundle: \"%s\"}}"
                        .formatted(
                                tokens.realm(), TestTokenServer.SERVICE, TestTokenServer.ISSUER, tokens.certificate()));
    }

    private static String tls(TestCertificates certificates) {
        return ", tls: {certificate: \"" + certificates.certificate() + "\", key: \"" + certificates.key() + "\"}";
    }

    private String htpasswd(String user, String password) throws Exception {
        assumeTrue(Files.isExecutable(HTPASSWD), "skipped: htpasswd is missing (apache2-utils)");
        Process htpasswd = new ProcessBuilder(HTPASSWD.toString(), "-nBi", user).start();
        htpasswd.outputWriter().append(password).close();
        Path file = directory.resolve("htpasswd-" + user);
        Files.write(file, htpasswd.getInputStream().readAllBytes());
        htpasswd.waitFor(20, TimeUnit.SECONDS);
        return "auth: {htpasswd: {realm: test, path: \"" + file + "\"}}";
    }

    /** {@code 127.0.0.1:PORT}. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public URI uri() {
        return URI.create((encrypted ? "https://" : "http://") + host());
    }

    /** An image in it. */
    public ImageReference image(String rest) {
        return ImageReference.parse(host() + "/" + rest).orThrow();
    }

    /** Puts an image there under a tag, and gives the digest of its manifest. */
    public String push(String repository, String tag, TestImage image) throws Exception {
        image.blobs().forEach(blob -> push(repository, blob));
        return push(repository, tag, image.mediaType(), image.manifest());
    }

    /** Puts images there, and an index over them under a tag; gives the digest of the index. */
    public String push(String repository, String tag, TestIndex index) throws Exception {
        for (TestImage image : index.images()) {
            push(repository, Digest.of(image.manifest()), image);
        }
        return push(repository, tag, TestIndex.TYPE, index.manifest());
    }

    private void push(String repository, byte[] blob) {
        try {
            HttpResponse<String> begun =
                    send(HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/blobs/uploads/"))
                            .POST(HttpRequest.BodyPublishers.noBody()));
            URI place = uri().resolve(begun.headers().firstValue("Location").orElseThrow());
            send(HttpRequest.newBuilder(URI.create(place + "&digest=" + Digest.of(blob)))
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(blob)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String push(String repository, String name, String mediaType, byte[] manifest) throws Exception {
        send(HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/manifests/" + name))
                .header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(manifest)));
        return Digest.of(manifest);
    }

    /** Takes a manifest away. */
    public void delete(String repository, String digest) throws Exception {
        send(HttpRequest.newBuilder(uri().resolve("/v2/" + repository + "/manifests/" + digest))
                .DELETE());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = PUSHER.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response + ": " + response.body());
        }
        return response;
    }

    /** The file in which a blob lies, for tests that spoil it. */
    public Path blob(String digest) {
        String hex = digest.substring("sha256:".length());
        return content.resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    private Path log() {
        return directory.resolve("registry-" + port + ".log");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws Exception {
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("docker-registry did not start: " + Files.readString(log()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
