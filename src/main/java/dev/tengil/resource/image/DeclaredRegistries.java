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
}
