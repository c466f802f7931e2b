package dev.tengil.oci.credentials;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the login for a registry in the auth files of this machine. Nothing is read before a registry wants a login. A file or helper
 * that cannot be used is a warning, since the image may be had without a login.
 */
public final class Keychain {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LONGEST = 1 << 20;

    private final List<Path> files;
    private final Duration patience;
    private final Diagnostics warnings = new Diagnostics();

    /** @param files in the order in which they are asked; those that are not there are passed over */
    public Keychain(List<Path> files) {
        this(files, PATIENCE);
    }

    Keychain(List<Path> files, Duration patience) {
        this.files = List.copyOf(files);
        this.patience = patience;
    }

    /** What the user of this process can use. */
    public static Keychain ofUser(Map<String, String> environment, Path home) {
        return new Keychain(AuthFilePlaces.all(environment, home));
    }

    /** One without any login. */
    public static Keychain empty() {
        return new Keychain(List.of());
    }

    /** The login for a repository, or for its whole registry when {@code repository} is empty; null when there is none. */
    public synchronized @Nullable Credential find(String host, String repository) {
        for (Path path : files) {
            AuthFile file = read(path);
            if (file == null) {
                continue;
            }
            Credential kept = helped(file, host, path);
            if (kept == null) {
                kept = file.find(host, repository, path.toString());
            }
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    /** What could not be used so far. */
    public synchronized List<Diagnostic> warnings() {
        return warnings.all();
    }

    private @Nullable Credential helped(AuthFile file, String host, Path path) {
        String name = file.helper(host);
        if (name == null) {
            return null;
        }
        Parsed<Optional<Credential>> answer =
                CredentialHelper.named(name, patience).then(helper -> helper.get(AuthFile.helperKey(host)));
        return switch (answer) {
            case Parsed.Ok<Optional<Credential>>(Optional<Credential> kept) -> kept.orElse(null);
            case Parsed.Bad<Optional<Credential>>(String reason) -> {
                warnings.add(Diagnostic.warning(
                                "credentials.helper", "the login for " + host + " could not be fetched: " + reason)
                        .help(path + " names this program. Set it right there, or log in anew: tg oci login " + host));
                yield null;
            }
        };
    }

    private @Nullable AuthFile read(Path path) {
        String reason;
        try {
            if (Files.size(path) > LONGEST) {
                reason = "it is larger than 1 MiB";
            } else {
                switch (AuthFile.parse(Files.readString(path))) {
                    case Parsed.Ok<AuthFile>(AuthFile file) -> {
                        return file;
                    }
                    case Parsed.Bad<AuthFile>(String why) -> reason = why;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        } catch (IOException e) {
            reason = "this user may not read it";
        }
        warnings.add(Diagnostic.warning("credentials.unreadable", "the logins in " + path + " are not used: " + reason)
                .help("Set the file right, or delete it and log in anew."));
        return null;
    }
}
