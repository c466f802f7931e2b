package dev.tengil.cli;

import dev.tengil.config.Environment;
import dev.tengil.config.SecretSource;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.state.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a file may ask of this machine: its environment variables, files beside it, and secrets, which are fetched only when needed. */
final class FileEnvironment implements Environment {

    private static final long LARGEST_FILE = 1 << 20;

    private final Io io;
    private final Path base;
    private final SecretStore vault;

    /**
     * @param base directory from which relative paths count
     * @param vault gives the values of generated secrets once the host's store has been read
     */
    FileEnvironment(Io io, Path base, SecretStore vault) {
        this.io = io;
        this.base = base;
        this.vault = vault;
    }

    @Override
    public @Nullable String variable(String name) {
        return io.env().get(name);
    }

    @Override
    public Parsed<String> file(String path) {
        try {
            Path file = base.resolve(path);
            if (!Files.isRegularFile(file)) {
                return Parsed.bad("there is no file " + file);
            }
            if (Files.size(file) > LARGEST_FILE) {
                return Parsed.bad(file + " is larger than 1 MiB");
            }
            return Parsed.ok(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            return Parsed.bad(path + " cannot be read as text");
        }
    }

    @Override
    public Parsed<Secret> secret(String name, SecretSource source) {
        return switch (source) {
            case SecretSource.FromVariable(String variable) -> {
                String value = variable(variable);
                yield value == null
                        ? Parsed.bad("the environment variable " + variable + " of secret \"" + name + "\" is not set")
                        : Parsed.ok(Secret.of(name, value));
            }
            case SecretSource.FromFile(String path) -> file(path).map(text -> Secret.of(name, text.strip()));
            case SecretSource.Generated(int length) -> Parsed.ok(vault.generated(name, length));
        };
    }
}
