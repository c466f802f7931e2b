package dev.tengil.oci;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends single requests; follows nothing, knows no login. Connections are kept for the next. */
final class Transport implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final Duration silence;
    private final Duration probe;
    private final Map<String, HttpClient> clients = new HashMap<>();

    Transport() {
        this(SILENCE, PROBE);
    }

    /**
     * @param silence after which a connection without a byte is given up
     * @param probe how long a server has to show that it speaks TLS, where it need not
     */
    Transport(Duration silence, Duration probe) {
        this.silence = silence;
        this.probe = probe;
    }

    /** How long a server has to show that it speaks TLS; some that do not say nothing at all. */
    Duration probe() {
        return probe;
    }

    /** One exchange, to its end. */
    Answer send(HttpRequest request, Confidence confidence, BodyReader body, Deadline deadline)
            throws RegistryException {
        CompletableFuture<HttpResponse<byte[]>> pending = client(confidence).sendAsync(request, body);
        try {
            HttpResponse<byte[]> response = await(pending, body, deadline);
            return new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw ConnectionFailure.tooSlow(request.uri(), e);
        } catch (ExecutionException e) {
            throw ConnectionFailure.of(request.uri(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw RegistryException.interrupted(e);
        } finally {
            // No-op when it is done; otherwise the exchange ends here.
            pending.cancel(true);
        }
    }

    private HttpResponse<byte[]> await(
            CompletableFuture<HttpResponse<byte[]>> pending, BodyReader body, Deadline deadline)
            throws TimeoutException, ExecutionException, InterruptedException {
        while (true) {
            long quiet = body.heard() + silence.toNanos() - System.nanoTime();
            long patience = Math.min(deadline.left().toNanos(), quiet);
            try {
                return pending.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                boolean heardSince = body.heard() + silence.toNanos() > System.nanoTime();
                if (!heardSince || deadline.left().isZero()) {
                    throw e;
                }
            }
        }
    }

    private synchronized HttpClient client(Confidence confidence) throws RegistryException {
        HttpClient client = clients.get(confidence.key());
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    // Plain HTTP would otherwise begin with an offer to upgrade, which some proxies choke on.
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT);
            SSLContext context = confidence.context();
            if (context != null) {
                builder.sslContext(context);
            }
            client = builder.build();
            clients.put(confidence.key(), client);
        }
        return client;
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
    }

    /** Whom a request believes. */
    sealed interface Confidence {
        Confidence USUAL = new Usual();

        /** Those that Java believes. */
        record Usual() implements Confidence {}

        /** These too. */
        record Also(Path pem) implements Confidence {}

        /** Anybody. */
        record Anybody() implements Confidence {}

        private String key() {
            return toString();
        }

        private @Nullable SSLContext context() throws RegistryException {
            return switch (this) {
                case Usual _ -> null;
                case Also(Path pem) -> Trust.also(pem);
                case Anybody _ -> Trust.anybody();
            };
        }
    }
}
