package dev.tengil.oci.credentials;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file in which Docker, podman and skopeo keep logins: {@code {"auths": {HOST: {"auth": base64(name:password)}}}}, and helpers that
 * keep them elsewhere. Members that we do not know stay. Never printed: {@link #text()} is a secret.
 */
public final class AuthFile {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final JsonObject root;

    private AuthFile(JsonObject root) {
        this.root = root;
    }

    public static AuthFile empty() {
        return new AuthFile(new JsonObject());
    }

    /** Reads one. */
    public static Parsed<AuthFile> parse(String text) {
        try {
            return text.isBlank()
                    ? Parsed.ok(empty())
                    : JsonParser.parseString(text) instanceof JsonObject object
                            ? Parsed.ok(new AuthFile(object))
                            : Parsed.bad("it is no JSON object");
        } catch (JsonParseException e) {
            // gson's own message quotes what it read
            return Parsed.bad("it is no JSON");
        }
    }

    /** A file with the login for one registry and nothing else, for a program on another machine to read. */
    public static Secret only(String host, Credential credential) {
        return holding(Map.of(host, credential));
    }

    /** The same with logins for several registries. */
    public static Secret holding(Map<String, Credential> credentials) {
        return new Secret("registry-logins", () -> {
            AuthFile file = empty();
            for (var each : credentials.entrySet()) {
                file = switch (each.getValue()) {
                    case Credential.Password(Login login, String _) -> file.with(each.getKey(), login);
                    case Credential.IdentityToken(Secret token, String _) -> {
                        JsonObject entry = new JsonObject();
                        entry.addProperty(
                                "auth", Base64.getEncoder().encodeToString(":".getBytes(StandardCharsets.UTF_8)));
                        entry.addProperty("identitytoken", token.reveal());
                        yield file.withEntry(each.getKey(), entry);
                    }
                };
            }
            return file.text().reveal();
        });
    }

    /** The login for a repository, or for its whole registry when {@code repository} is empty. */
    public @Nullable Credential find(String host, String repository, String from) {
        JsonObject auths = object("auths");
        for (String key : RegistryKey.of(host, repository)) {
            for (var entry : auths.entrySet()) {
                if (RegistryKey.plain(entry.getKey()).equals(RegistryKey.plain(key))
                        && entry.getValue() instanceof JsonObject auth) {
                    Credential found = credential(auth, host, from);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** The helper that keeps the login of exactly this registry, or of all; null when the file itself does. */
    public @Nullable String helper(String host) {
        for (var entry : object("credHelpers").entrySet()) {
            if (RegistryKey.plain(entry.getKey()).equals(RegistryKey.plain(host))) {
                return text(entry.getValue());
            }
        }
        return text(root.get("credsStore"));
    }

    /** The registries that have a login in the file itself. */
    public SortedSet<String> hosts() {
        SortedSet<String> hosts = new TreeSet<>();
        object("auths").keySet().forEach(key -> hosts.add(RegistryKey.plain(key)));
        return hosts;
    }

    /** The same with this login, in place of one that was there. */
    public AuthFile with(String host, Login login) {
        JsonObject entry = new JsonObject();
        entry.addProperty("auth", login.basic().reveal());
        return withEntry(host, entry);
    }

    private AuthFile withEntry(String host, JsonObject entry) {
        AuthFile without = without(host);
        JsonObject auths = without.object("auths");
        auths.add(host, entry);
        without.root.add("auths", auths);
        return without;
    }

    /** The same without any login of this registry. */
    public AuthFile without(String host) {
        JsonObject copy = root.deepCopy();
        if (copy.get("auths") instanceof JsonObject auths) {
            auths.keySet().removeIf(key -> RegistryKey.plain(key).equals(RegistryKey.plain(host)));
        }
        return new AuthFile(copy);
    }

    /** What stands in the file. */
    public Secret text() {
        return new Secret("logins of registries", () -> PRETTY.toJson(root) + "\n");
    }

    private static @Nullable Credential credential(JsonObject auth, String host, String from) {
        String name = "the password of " + host;
        String token = text(auth.get("identitytoken"));
        if (token != null) {
            return new Credential.IdentityToken(Secret.of("the token of " + host, token), from);
        }
        String username = text(auth.get("username"));
        String password = text(auth.get("password"));
        String both = text(auth.get("auth"));
        if (both != null) {
            String plain = decoded(both);
            int colon = plain.indexOf(':');
            username = colon < 0 ? null : plain.substring(0, colon);
            // Docker pads old entries with NUL.
            password = colon < 0 ? null : plain.substring(colon + 1).replaceAll("\0+$", "");
        }
        if (username == null || password == null || password.isEmpty()) {
            return null;
        }
        return Login.of(username, Secret.of(name, password)) instanceof Parsed.Ok<Login>(Login login)
                ? new Credential.Password(login, from)
                : null;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private JsonObject object(String name) {
        return root.get(name) instanceof JsonObject object ? object : new JsonObject();
    }

    private static @Nullable String text(@Nullable JsonElement json) {
        return json instanceof JsonPrimitive text
                        && text.isString()
                        && !text.getAsString().isEmpty()
                ? text.getAsString()
                : null;
    }

    /** What helpers are asked by: Docker stores Docker Hub's login under the address of old. */
    static String helperKey(String host) {
        return RegistryKey.isDockerHub(host) ? RegistryKey.DOCKER_HUB_OF_OLD : host;
    }

    @Override
    public String toString() {
        return "logins of " + hosts();
    }
}
