package dev.tengil.host.sim.pve;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.pve.guest.RegistryImage;
import dev.tengil.host.sim.pve.guest.RegistryImage.Genuine;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.Deadline;
import dev.tengil.oci.ImageFiles;
import dev.tengil.oci.Registry;
import dev.tengil.oci.RegistryClient;
import dev.tengil.oci.RegistryException;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.oci.credentials.Login;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import dev.tengil.oci.layer.LookedFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A registry that the simulated host sees as it is, on the network of the machine that simulates it. Images keep their digests and what
 * their configs say; of what is in them only that which decides how Proxmox unpacks them is looked at, and nothing of it can be run.
 */
final class RealRegistry {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String OS_RELEASE = "etc/os-release";
    private static final String OS_RELEASE_TOO = "usr/lib/os-release";
    private static final String PASSWD = "etc/passwd";
    private static final String GROUP = "etc/group";
    private static final List<String> SHELLS = List.of("bin/sh", "usr/bin/sh");

    private final String host;
    private final boolean insecure;
    private final @Nullable Login login;
    private final @Nullable Inode authority;

    /**
     * @param login null for none
     * @param authority a file on the simulated disk with certificates; null for none
     */
    RealRegistry(String host, boolean insecure, @Nullable Login login, @Nullable Inode authority) {
        this.host = host;
        this.insecure = insecure;
        this.login = login;
        this.authority = authority;
    }

    private interface Work<T> {
        T with(RegistryClient client, Deadline deadline) throws RegistryException;
    }

    private <T> Parsed<T> ask(Work<T> work) {
        Path ca = null;
        try {
            if (authority != null) {
                ca = Files.createTempFile("tengil-sim", ".pem");
                Files.writeString(ca, authority.content().text());
            }
            Registry registry = new Registry(host, login, null, insecure, insecure ? null : ca);
            try (RegistryClient client =
                    new RegistryClient(new dev.tengil.oci.Registries(List.of(registry)), Keychain.empty())) {
                return Parsed.ok(work.with(client, Deadline.in(PATIENCE)));
            }
        } catch (RegistryException e) {
            return Parsed.bad(words(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(ca);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As skopeo would put it. */
    private String words(RegistryException e) {
        return switch (e.kind()) {
            case NOT_THERE -> "reading manifest in " + host + ": manifest unknown";
            case NOT_ALLOWED ->
                "unable to retrieve auth token: invalid username/password: unauthorized: authentication required";
            case OUT_OF_REACH -> "pinging container registry " + host + ": " + e.getMessage();
            case RATE_LIMITED -> "toomanyrequests: " + e.getMessage();
            case UNUSABLE, FILE, INTERRUPTED -> String.valueOf(e.getMessage());
        };
    }

    /**
     * The image of a reference.
     *
     * @param whole whether its layers are looked through too, as a pull transfers them
     */
    Parsed<RegistryImage> image(String reference, boolean whole) {
        return ImageReference.parse(reference)
                .then(image -> ask((client, deadline) -> {
                    RemoteImage found = client.inspect(image, Platform.LINUX_AMD64, deadline);
                    ByteArrayOutputStream config = new ByteArrayOutputStream();
                    client.download(image, found.configDescriptor(), config, bytes -> {}, deadline);
                    JsonObject root = JsonParser.parseString(config.toString(StandardCharsets.UTF_8))
                            .getAsJsonObject();
                    Map<String, LookedFor.Found> files = whole
                            ? new ImageFiles(client, found)
                                    .read(
                                            List.of(
                                                    OS_RELEASE,
                                                    OS_RELEASE_TOO,
                                                    PASSWD,
                                                    GROUP,
                                                    SHELLS.get(0),
                                                    SHELLS.get(1)),
                                            deadline)
                            : Map.of();
                    return new RegistryImage(
                            image.name(),
                            image.tag() == null ? "" : image.tag(),
                            found.compressedSize(),
                            RegistryImage.Access.OPEN,
                            root.get("config") instanceof JsonObject run ? run : new JsonObject(),
                            content(files),
                            new Genuine(
                                    found.digest(),
                                    found.configDescriptor().digest(),
                                    root,
                                    found.layers().stream()
                                            .map(layer ->
                                                    new Genuine.Layer(layer.mediaType(), layer.digest(), layer.size()))
                                            .toList()));
                }));
    }

    Parsed<List<String>> tags(String repository) {
        return ImageReference.parse(repository)
                .then(image ->
                        ask((client, deadline) -> client.tags(image, deadline).names()));
    }

    /** Whether it takes this login; or why not. */
    Parsed<Boolean> accepts(Login typed) {
        return ask((client, deadline) -> client.accepts(host, typed, deadline));
    }

    private static RegistryImage.Content content(Map<String, LookedFor.Found> files) {
        boolean shell = SHELLS.stream()
                .anyMatch(path -> files.containsKey(path) && !(files.get(path) instanceof LookedFor.Found.Nothing));
        return new RegistryImage.Content(
                os(files),
                shell,
                shell,
                users(lines(files, PASSWD), lines(files, GROUP)),
                new TreeMap<>(),
                List.of(),
                List.of(),
                RegistryImage.Behaviour.PLAIN);
    }

    private static @Nullable String os(Map<String, LookedFor.Found> files) {
        List<String> lines = new ArrayList<>(lines(files, OS_RELEASE));
        lines.addAll(lines(files, OS_RELEASE_TOO));
        return lines.stream()
                .filter(line -> line.startsWith("ID="))
                .map(line -> line.substring("ID=".length()).replaceAll("[\"']", ""))
                .findFirst()
                .orElse(null);
    }

    private static List<String> lines(Map<String, LookedFor.Found> files, String path) {
        return files.get(path) instanceof LookedFor.Found.Content(String text)
                ? text.lines().toList()
                : List.of();
    }

    /** {@code uid:gid:groups} by name, and {@code gid} by the name of a group that is no user's. */
    private static SortedMap<String, String> users(List<String> passwd, List<String> group) {
        SortedMap<String, String> users = new TreeMap<>();
        for (String line : group) {
            String[] fields = line.split(":", -1);
            if (fields.length > 2) {
                users.put(fields[0], fields[2]);
            }
        }
        for (String line : passwd) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3) {
                users.put(fields[0], fields[2] + ":" + fields[3]);
            }
        }
        return users;
    }
}
