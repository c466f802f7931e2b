package dev.tengil.oci;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.Credential;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.image.StrictJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens where a registry says they are given out: its {@code realm} (distribution specification, token authentication). A
 * password goes there only encrypted, or to the insecure registry's own host.
 */
final class TokenService {
    private static final int LONGEST = 1 << 20;
    private static final long USUAL_SECONDS = 60;
    private static final long LONGEST_SECONDS = 3600;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,65536}");

    private final Transport transport;
    private final Source source;

    TokenService(Transport transport, Source source) {
        this.transport = transport;
        this.source = source;
    }

    /**
     * @param scope empty for a token that only shows who we are
     * @param what is wanted with it, for the one who reads the refusal
     */
    Token fetch(Challenge challenge, String scope, @Nullable Credential credential, String what, Deadline deadline)
            throws RegistryException {
        URI realm = realm(challenge);
        HttpRequest request = request(realm, challenge, scope, credential);
        Answer answer = new Patience(deadline)
                .answer(() -> transport.send(request, source.confidence(realm), BodyReader.upTo(LONGEST), deadline));
        if (answer.status() != 200) {
            throw refusal(answer, credential, what);
        }
        return read(answer, source.host());
    }

    private URI realm(Challenge challenge) throws RegistryException {
        String text = challenge.value("realm");
        URI realm = null;
        try {
            realm = text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            // said below
        }
        if (realm == null || !source.mayAsk(realm)) {
            throw new RegistryException(
                    RegistryException.Kind.UNUSABLE,
                    Diagnostic.error(
                                    "registry.token-service",
                                    source.host() + " sends logins to a place that is not encrypted, or that is none")
                            .help(
                                    "Nothing was sent. If the registry is your own, set its token realm to an https address."));
        }
        return realm;
    }

    private static HttpRequest request(URI realm, Challenge challenge, String scope, @Nullable Credential credential) {
        StringBuilder query = new StringBuilder();
        add(query, "service", challenge.value("service"));
        add(query, "scope", scope);
        HttpRequest.Builder builder = HttpRequest.newBuilder().header("User-Agent", RegistrySession.AGENT);
        return switch (credential) {
            case null -> builder.uri(with(realm, query)).GET().build();
            case Credential.Password(Login login, String _) ->
                builder.uri(with(realm, query))
                        .header("Authorization", "Basic " + login.basic().reveal())
                        .GET()
                        .build();
            case Credential.IdentityToken(Secret token, String _) -> {
                add(query, "grant_type", "refresh_token");
                add(query, "client_id", RegistrySession.AGENT);
                add(query, "refresh_token", token.reveal());
                yield builder.uri(realm)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(query.toString()))
                        .build();
            }
        };
    }

    private static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static URI with(URI realm, CharSequence query) {
        return query.isEmpty() ? realm : URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
    }

    private RegistryException refusal(Answer answer, @Nullable Credential credential, String what) {
        // Some services answer 400 to a login that they do not know.
        return credential != null && (answer.status() == 400 || answer.status() == 401)
                ? Refusal.loginRefused(source.host(), credential)
                : Refusal.of(answer, source.host(), what, credential);
    }

    private static Token read(Answer answer, String host) throws RegistryException {
        if (StrictJson.object(answer.body()) instanceof Parsed.Ok<JsonObject>(JsonObject json)) {
            for (String name : new String[] {"token", "access_token"}) {
                if (json.get(name) instanceof JsonPrimitive text
                        && VISIBLE.matcher(text.getAsString()).matches()) {
                    // Used a little shorter than allowed: the clock runs while it travels.
                    long nanos =
                            Duration.ofSeconds(seconds(json.get("expires_in"))).toNanos() * 9 / 10;
                    return new Token(Secret.of("the token of " + host, text.getAsString()), System.nanoTime() + nanos);
                }
            }
        }
        throw new RegistryException(
                RegistryException.Kind.UNUSABLE,
                Diagnostic.error("registry.token-service", host + " gave out something that is no token")
                        .help("Try again later. If the registry is your own, look at its token service."));
    }

    private static long seconds(@Nullable JsonElement json) {
        try {
            return json instanceof JsonPrimitive number
                    ? Math.clamp(Long.parseLong(number.getAsString()), 0, LONGEST_SECONDS)
                    : USUAL_SECONDS;
        } catch (NumberFormatException e) {
            return USUAL_SECONDS;
        }
    }
}
