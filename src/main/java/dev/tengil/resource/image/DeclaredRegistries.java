package dev.tengil.resource.image;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.oci.Registries;
import dev.tengil.oci.Registry;
import dev.tengil.oci.credentials.Login;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The registries that a file declares, by host. */
public final class DeclaredRegistries {

    /** An entry and where its name stands. */
    private record Entry(Fields fields, Span span) {}

    private final Map<String, Entry> byHost = new LinkedHashMap<>();

    private DeclaredRegistries() {}

    /** Reads {@code registries}; says what is wrong with an entry as a whole, and leaves that one out. */
    public static DeclaredRegistries of(Fields file, Diagnostics diagnostics) {
        DeclaredRegistries all = new DeclaredRegistries();
        file.valueOr(RegistryKeys.REGISTRIES, Map.of())
                .forEach((name, entry) -> all.add(name, entry.value(), diagnostics));
        return all;
    }

    private void add(Located<String> name, Fields fields, Diagnostics diagnostics) {
        String host = host(name.value(), fields);
        if (host == null) {
            diagnostics.add(Diagnostic.error("registry.no-host", "the registry \"" + name.value() + "\" has no host")
                    .at(name.span())
                    .help("Add host:, or call the entry what image names begin with: registry.lan:5000."));
        } else if (byHost.putIfAbsent(host, new Entry(fields, name.span())) != null) {
            diagnostics.add(Diagnostic.error("registry.twice", "the registry " + host + " is declared twice")
                    .at(name.span())
                    .help("Put what both say into one entry."));
        }
        Located<RegistryKeys.Password> password = fields.get(RegistryKeys.PASSWORD);
        if (password != null && password.value().plain()) {
            diagnostics.add(Diagnostic.warning(
                            "registry.plain-password", "this password can be read by whoever reads the file")
                    .at(password.span())
                    .help("Write !secret NAME and declare it under secrets:, or leave it out and log in: tg oci login "
                            + (host == null ? "HOST" : host)));
        }
    }

    private static @Nullable String host(String name, Fields fields) {
        String given = fields.value(RegistryKeys.HOST);
        return given != null
                ? given
                : ImageReference.host(name) instanceof Parsed.Ok<String>(String host) ? host : null;
    }

    /** The hosts, as image names have them. */
    public Set<String> hosts() {
        return new TreeSet<>(byHost.keySet());
    }

    /**
     * The same for the client.
     *
     * @param directory from which relative paths count
     */
    public Registries registries(Path directory) {
        return new Registries(byHost.entrySet().stream()
                .map(entry -> registry(entry.getKey(), entry.getValue().fields(), directory))
                .toList());
    }

    private static Registry registry(String host, Fields fields, Path directory) {
        RegistryKeys.Password password = fields.value(RegistryKeys.PASSWORD);
        String username = fields.value(RegistryKeys.USERNAME);
        String ca = fields.value(RegistryKeys.CA);
        return new Registry(
                host,
                password == null || username == null ? null : new Login(username, password.secret()),
                fields.value(RegistryKeys.MIRROR),
                fields.valueOr(RegistryKeys.INSECURE, false),
                ca == null ? null : directory.resolve(ca));
    }

    /**
     * What is said of an image of this registry that the host has to ask about or to pull: skopeo does that there, and does not get what
     * the file says. Null when the file says nothing that matters.
     */
    public @Nullable Diagnostic notYetOnHost(String host) {
        Entry entry = byHost.get(host);
        if (entry == null) {
            return null;
        }
        Fields fields = entry.fields();
        if (fields.has(RegistryKeys.PASSWORD)) {
            return Diagnostic.error(
                            "registry.not-yet",
                            "the host does not get the login of " + host
                                    + " from the file yet, and has to pull from there")
                    .at(entry.span())
                    .help(
                            "Take username and password out of the file, and log in once on this machine, for tg oci, and once on"
                                    + " the host, for what it pulls:\n  tg oci login " + host
                                    + "\n  skopeo login --authfile /root/.config/containers/auth.json " + host);
        }
        String keys = Stream.of(RegistryKeys.CA, RegistryKeys.INSECURE, RegistryKeys.MIRROR)
                .filter(fields::has)
                .map(key -> key.name() + ":")
                .collect(Collectors.joining(" and "));
        return keys.isEmpty()
                ? null
                : Diagnostic.warning(
                                "registry.not-yet",
                                keys + " of " + host + " is for tg oci; the host pulls with settings of its own")
                        .at(entry.span())
                        .help(
                                "If the host cannot pull: /etc/containers/registries.conf there says what is a mirror or insecure,"
                                        + " /etc/containers/certs.d/" + host + "/ca.crt whom to trust.");
    }
}
