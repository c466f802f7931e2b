package dev.tengil.oci;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives out tokens that a real registry accepts: JSON Web Tokens, signed with the test's key. Anybody gets what is in {@code open}. */
public final class TestTokenServer implements AutoCloseable {
    static final String SERVICE = "test registry";
    static final String ISSUER = "test";

    private final TestCertificates certificates;
    private final HttpServer server;
    private final Map<String, String> logins = new ConcurrentHashMap<>();
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int seconds = 300;

    public TestTokenServer(TestCertificates certificates) throws IOException {
        this.certificates = certificates;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.start();
    }

    String realm() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    Path certificate() {
        return certificates.certificate();
    }

    /** Who has this may pull everything; the name {@code <token>} stands for a refresh token. */
    public TestTokenServer login(String name, String password) {
        logins.put(name, password);
        return this;
    }

    /** Everybody may pull this. */
    public TestTokenServer open(String repository) {
        open.add(repository);
        return this;
    }

    /** How long the tokens hold from now on. */
    public void seconds(int lifetime) {
        seconds = lifetime;
    }

    /** The queries so far. */
    public List<String> asked() {
        return asked;
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean post = exchange.getRequestMethod().equals("POST");
        String query = post
                ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : String.valueOf(exchange.getRequestURI().getRawQuery());
        asked.add(exchange.getRequestMethod() + " " + query);
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[parts.length - 1], StandardCharsets.UTF_8));
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String refresh = values.get("refresh_token");
        boolean known = refresh != null ? refresh.equals(logins.get("<token>")) : known(authorization);
        JsonObject answer = new JsonObject();
        if ((authorization != null || refresh != null) && !known) {
            answer.addProperty("details", "incorrect username or password");
            send(exchange, 401, answer);
            return;
        }
        try {
            answer.addProperty(post ? "access_token" : "token", sign(values.getOrDefault("scope", ""), known));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        answer.addProperty("expires_in", seconds);
        send(exchange, 200, answer);
    }

    private boolean known(String authorization) {
        return authorization != null
                && logins.entrySet().stream()
                        .anyMatch(login -> authorization.equals("Basic "
                                + base64((login.getKey() + ":" + login.getValue()).getBytes(StandardCharsets.UTF_8))));
    }

    private String sign(String scope, boolean known) throws GeneralSecurityException, IOException {
        JsonArray access = new JsonArray();
        String[] parts = scope.split(":", -1);
        if (parts.length == 3 && (known || open.contains(parts[1]))) {
            JsonObject right = new JsonObject();
            right.addProperty("type", parts[0]);
            right.addProperty("name", parts[1]);
            right.add("actions", TestImage.list(parts[2].split(",", -1)));
            access.add(right);
        }
        KeyStore keys = certificates.keys();
        String alias = keys.aliases().nextElement();
        Certificate certificate = keys.getCertificate(alias);
        JsonObject header = new JsonObject();
        header.addProperty("typ", "JWT");
        header.addProperty("alg", "RS256");
        header.add("x5c", TestImage.list(base64(certificate.getEncoded())));
        long now = Instant.now().getEpochSecond();
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", ISSUER);
        claims.addProperty("sub", "somebody");
        claims.addProperty("aud", SERVICE);
        claims.addProperty("nbf", now - 10);
        claims.addProperty("iat", now);
        claims.addProperty("exp", now + seconds);
        claims.add("access", access);
        String signed = url(header.toString()) + "." + url(claims.toString());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((PrivateKey) keys.getKey(alias, "test".toCharArray()));
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void send(HttpExchange exchange, int status, JsonObject answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
