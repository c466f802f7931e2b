package dev.tengil.oci.credentials;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * tengil's own logins: a file of mode 0600 in a directory of mode 0700, in Docker's format, replaced as a whole. Other programs' files
 * are read ({@link Keychain}) and never written.
 */
public final class LoginStore {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;

    /** @param path usually {@link AuthFilePlaces#own} */
    public LoginStore(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The registries that it has a login for; none when the file cannot be read. */
    public SortedSet<String> hosts() {
        return read() instanceof Parsed.Ok<AuthFile>(AuthFile file) ? file.hosts() : new TreeSet<>();
    }

    /** Keeps this login in place of one that was there; gives what went wrong. */
    public Optional<Diagnostic> store(String host, Login login) {
        return change(file -> file.with(host, login));
    }

    /** Forgets the login; gives what went wrong. That there was none is no error. */
    public Optional<Diagnostic> remove(String host) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? change(file -> file.without(host)) : Optional.empty();
    }

    private Optional<Diagnostic> change(java.util.function.UnaryOperator<AuthFile> edit) {
        return switch (read()) {
            case Parsed.Ok<AuthFile>(AuthFile file) -> write(edit.apply(file));
            // Writing anew would lose the logins that a person could still mend.
            case Parsed.Bad<AuthFile>(String reason) -> Optional.of(notKept(reason));
        };
    }

    private Parsed<AuthFile> read() {
        try {
            return AuthFile.parse(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Parsed.ok(AuthFile.empty());
        } catch (IOException e) {
            return Parsed.bad(why(e));
        }
    }

    private Optional<Diagnostic> write(AuthFile file) {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(notKept("it is not a regular file"));
            }
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder, PRIVATE_DIRECTORY);
            Path fresh = Files.createTempFile(folder, ".auth-", null, PRIVATE);
            try {
                try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
                    ByteBuffer bytes = ByteBuffer.wrap(file.text().reveal().getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(notKept(why(e)));
        }
    }

    private Diagnostic notKept(String reason) {
        return Diagnostic.error("credentials.not-kept", "the logins in " + path + " cannot be changed: " + reason)
                .help("Set the file right. Nothing was written.");
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not do that";
            case FileSystemException said when said.getReason() != null -> said.getReason();
            default -> "the disk refuses, or it is no text";
        };
    }
}
