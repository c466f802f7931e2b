package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.RegistryImage;
import dev.tengil.model.ByteSize;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.oci.credentials.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The simulated registries: the images that the world describes under {@code images}, or some usual ones when it describes none; and those
 * that it says are real.
 */
final class Registries {

    private static final List<String> AUTH_FILES =
            List.of("/run/containers/0/auth.json", "/root/.config/containers/auth.json", "/root/.docker/config.json");

    private final Proxmox pve;

    Registries(Proxmox pve) {
        this.pve = pve;
    }

    /** What looking for an image finds. */
    sealed interface Found {
        record Image(RegistryImage image) implements Found {}

        /** skopeo's words for why there is none. */
        record Missing(String reason) implements Found {}
    }

    /** Every image on offer. */
    List<RegistryImage> all() {
        JsonElement described = pve.described("images");
        List<RegistryImage> images = new ArrayList<>();
        (described instanceof JsonObject object ? object : usual()).asMap().forEach((name, value) -> {
            JsonObject entry = value instanceof JsonObject object ? object : new JsonObject();
            int slash = name.lastIndexOf('/');
            int at = name.indexOf('@', Math.max(0, slash));
            if (at > 0) {
                // What a tag pointed to before it was moved is still there for those who know its digest.
                images.add(image(repository(name.substring(0, at)), "", entry));
                return;
            }
            int colon = name.indexOf(':', Math.max(0, slash));
            String repository = repository(colon < 0 ? name : name.substring(0, colon));
            if (entry.get("tags") instanceof JsonArray tags) {
                tags.forEach(tag -> images.add(image(repository, tag.getAsString(), entry)));
            } else {
                images.add(image(repository, colon < 0 ? "latest" : name.substring(colon + 1), entry));
            }
        });
        return images;
    }

    private static JsonObject usual() {
        try (InputStream in = Registries.class.getResourceAsStream("images.json")) {
            if (in == null) {
                return new JsonObject();
            }
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RegistryImage image(String repository, String tag, JsonObject entry) {
        long size = ByteSize.parse(text(entry, "size", "40M"), 'B') instanceof Parsed.Ok<ByteSize>(ByteSize parsed)
                ? parsed.bytes()
                : 40L << 20;
        JsonObject config = entry.get("config") instanceof JsonObject object ? object.deepCopy() : new JsonObject();
        return new RegistryImage(
                repository,
                tag,
                // Tags of one entry differ in their bytes, so that each has a digest of its own.
                entry.has("tags") ? size + Math.floorMod(tag.hashCode(), 4096) : size,
                RegistryImage.Access.valueOf(text(entry, "access", "open").toUpperCase(java.util.Locale.ROOT)),
                config,
                new RegistryImage.Content(
                        entry.has("os") && !entry.get("os").isJsonNull()
                                ? entry.get("os").getAsString()
                                : null,
                        !text(entry, "binary", "true").equals("false"),
                        !text(entry, "shell", "true").equals("false"),
                        map(entry.get("users")),
                        map(entry.get("files")),
                        RegistryImage.list(entry.get("directories")),
                        RegistryImage.list(entry.get("opaque")),
                        RegistryImage.Behaviour.of(entry)));
    }

    private static String text(JsonObject object, String key, String otherwise) {
        JsonElement value = object.get(key);
        return value == null || value.isJsonNull() ? otherwise : value.getAsString();
    }

    private static SortedMap<String, String> map(@Nullable JsonElement element) {
        SortedMap<String, String> values = new TreeMap<>();
        if (element instanceof JsonObject object) {
            object.asMap().forEach((key, value) -> values.put(key, value.getAsString()));
        }
        return values;
    }

    /** The full name of a repository: {@code redis} is {@code docker.io/library/redis}. */
    static String repository(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (host) {
            return name.startsWith("docker.io/") && name.indexOf('/', 10) < 0
                    ? "docker.io/library/" + name.substring(10)
                    : name;
        }
        return slash < 0 ? "docker.io/library/" + name : "docker.io/" + name;
    }

    static String registry(String repository) {
        return repository.substring(0, repository.indexOf('/'));
    }

    /** With what skopeo is told on its command line. */
    record Told(
            @Nullable String authFile,
            boolean insecure,
            @Nullable String certificates) {
        static final Told NOTHING = new Told(null, false, null);
    }

    /**
     * The image of a reference with tag or digest, as skopeo would get it.
     *
     * @param whole whether it is pulled; of a real registry's image the layers are then read
     */
    Found find(String reference, Told told, boolean whole) {
        RealRegistry real = real(registry(repository(reference)), told);
        if (real == null) {
            return described(reference, told.authFile());
        }
        return switch (real.image(reference, whole)) {
            case Parsed.Ok<RegistryImage>(RegistryImage image) -> new Found.Image(image);
            case Parsed.Bad<RegistryImage>(String reason) -> new Found.Missing(reason);
        };
    }

    /** The registry itself, where the world says that this one is real; null otherwise. */
    @Nullable
    RealRegistry real(String host, Told told) {
        if (!(pve.described("registries") instanceof JsonObject all
                && all.get(host) instanceof JsonObject registry
                && text(registry, "real", "false").equals("true"))) {
            return null;
        }
        return new RealRegistry(
                host,
                told.insecure() || text(registry, "insecure", "false").equals("true"),
                login(host, told.authFile()),
                told.certificates() == null ? null : pve.world().disk().follow(told.certificates() + "/ca.crt"));
    }

    private @Nullable Login login(String host, @Nullable String authFile) {
        for (String path : authFile == null ? AUTH_FILES : List.of(authFile)) {
            Inode file = pve.world().disk().follow(path);
            String login = file == null ? null : kept(file.content().text(), host);
            if (login != null && login.indexOf(':') > 0) {
                int colon = login.indexOf(':');
                return new Login(login.substring(0, colon), Secret.of("login", login.substring(colon + 1)));
            }
        }
        return null;
    }

    private Found described(String reference, @Nullable String authFile) {
        int at = reference.indexOf('@');
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.indexOf(':', Math.max(0, named.lastIndexOf('/')));
        String repository = repository(colon < 0 ? named : named.substring(0, colon));
        String wanted = at >= 0 ? reference.substring(at + 1) : colon < 0 ? "latest" : named.substring(colon + 1);
        List<RegistryImage> images = all().stream()
                .filter(image -> image.repository().equals(repository))
                .toList();
        String refused = refused(repository, images, authFile);
        if (refused != null) {
            return new Found.Missing(refused);
        }
        for (RegistryImage image : images) {
            if (at >= 0 ? image.digest().equals(wanted) : image.tag().equals(wanted)) {
                return new Found.Image(image);
            }
        }
        String reading = "reading manifest " + wanted + " in " + repository + ": ";
        return new Found.Missing(reading
                + (images.isEmpty() && registry(repository).equals("docker.io")
                        ? "requested access to the resource is denied"
                        : images.isEmpty() ? "name unknown" : "manifest unknown"));
    }

    /** Lets a tag point to an image of the same repository or another; what it pointed to is left without it. */
    void push(RegistryImage image, String reference) {
        String full = repository(reference);
        String repository = full.substring(0, full.lastIndexOf(':'));
        JsonObject now = new JsonObject();
        for (RegistryImage each : all()) {
            boolean moved = each.reference().equals(full);
            String name = each.tag().isEmpty() || moved ? each.repository() + "@" + each.digest() : each.reference();
            now.add(name, each.description());
        }
        now.add(repository + full.substring(full.lastIndexOf(':')), image.description());
        pve.world().texts("described").put("images", now.toString());
    }

    /** Tags of a repository; null with the reason when they cannot be had. */
    Parsed<List<String>> tags(String name, Told told) {
        String repository = repository(name);
        RealRegistry real = real(registry(repository), told);
        return real == null
                ? described(repository, images(repository), told.authFile())
                : switch (real.tags(name)) {
                    case Parsed.Ok<List<String>> tags -> tags;
                    case Parsed.Bad<List<String>>(String reason) ->
                        Parsed.bad("Error listing repository tags: " + reason);
                };
    }

    private List<RegistryImage> images(String repository) {
        return all().stream()
                .filter(image -> image.repository().equals(repository))
                .toList();
    }

    private Parsed<List<String>> described(String repository, List<RegistryImage> images, @Nullable String authFile) {
        String refused = refused(repository, images, authFile);
        if (refused != null) {
            return Parsed.bad("Error listing repository tags: " + refused);
        }
        return images.isEmpty()
                ? Parsed.bad("Error listing repository tags: fetching tags list: repository name not known to registry")
                : Parsed.ok(images.stream()
                        .map(RegistryImage::tag)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toList());
    }

    private @Nullable String refused(String repository, List<RegistryImage> images, @Nullable String authFile) {
        String host = registry(repository);
        if (images.stream().anyMatch(image -> image.access() == RegistryImage.Access.UNREACHABLE)) {
            return "pinging container registry " + host + ": Get \"https://" + host + "/v2/\": dial tcp: lookup "
                    + host.replaceFirst(":.*", "") + ": no such host";
        }
        boolean login = images.stream().anyMatch(image -> image.access() == RegistryImage.Access.LOGIN);
        return login && !isLoggedIn(host, authFile)
                ? "unable to retrieve auth token: invalid username/password: unauthorized: authentication required"
                : null;
    }

    private boolean isLoggedIn(String host, @Nullable String authFile) {
        for (String path : authFile == null ? AUTH_FILES : List.of(authFile)) {
            Inode file = pve.world().disk().follow(path);
            if (file != null && accepts(host, file.content().text())) {
                return true;
            }
        }
        return false;
    }

    /** Whether an auth file has a login that the registry takes. */
    private boolean accepts(String host, String authFile) {
        String login = kept(authFile, host);
        String wanted =
                pve.described("registries") instanceof JsonObject all && all.get(host) instanceof JsonObject registry
                        ? text(registry, "password", "")
                        : "";
        return login != null
                && (wanted.isEmpty() || login.substring(login.indexOf(':') + 1).equals(wanted));
    }

    /** Name and password, with a colon between them; null when an auth file has none for this registry. */
    private static @Nullable String kept(String authFile, String host) {
        return JsonParser.parseString(authFile) instanceof JsonObject root
                        && root.get("auths") instanceof JsonObject auths
                        && auths.get(host) instanceof JsonObject entry
                ? new String(Base64.getDecoder().decode(text(entry, "auth", "")), StandardCharsets.UTF_8)
                : null;
    }
}
