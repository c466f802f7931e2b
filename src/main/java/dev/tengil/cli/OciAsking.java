package dev.tengil.cli;

import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.oci.Deadline;
import dev.tengil.oci.Registries;
import dev.tengil.oci.RegistryClient;
import dev.tengil.oci.RegistryException;
import dev.tengil.oci.credentials.Keychain;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.image.DeclaredRegistries;
import dev.tengil.state.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What registries are asked with: what the file says of them, where there is one, and the logins of this machine. */
final class OciAsking implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SCHEME = "docker://";

    /** One question. */
    interface Question<T> {
        T put(RegistryClient client, Deadline deadline) throws RegistryException;
    }

    private final Output output;
    private final Registries registries;
    private final Set<String> declared;
    private final Keychain keychain;
    private final RegistryClient client;

    private OciAsking(Output output, Registries registries, Set<String> declared) {
        this.output = output;
        this.registries = registries;
        this.declared = declared;
        this.keychain = Keychain.ofUser(output.io().env(), output.io().home());
        this.client = new RegistryClient(registries, keychain);
    }

    /**
     * Reads the file, if there is one. One that the person named has to be right; one that only lies there is passed over with a word
     * when it is wrong.
     */
    static OciAsking open(Output output) throws Stopped {
        String name = ConfigSearch.find(output.globals(), output.io());
        if (name == null) {
            return new OciAsking(output, Registries.builtIn(), Set.of());
        }
        if (output.globals().config() != null) {
            FileReading file = FileReading.read(output, new SecretStore());
            return of(output, file.fields(), file.directory());
        }
        Path file = output.io().directory().resolve(name).toAbsolutePath();
        Path directory =
                Objects.requireNonNullElse(file.getParent(), output.io().directory());
        Fields fields = fields(file, name, new FileEnvironment(output.io(), directory, new SecretStore()));
        if (fields == null) {
            output.diagnostics(
                    List.of(Diagnostic.warning(
                                    "registry.file-unused",
                                    name + " has mistakes, so what it says of registries is not used")
                            .help("See: tg verify")),
                    null);
            return new OciAsking(output, Registries.builtIn(), Set.of());
        }
        return of(output, fields, directory);
    }

    static OciAsking of(Output output, Fields fields, Path directory) {
        DeclaredRegistries declared = DeclaredRegistries.of(fields, new Diagnostics());
        return new OciAsking(output, declared.registries(directory), declared.hosts());
    }

    private static @Nullable Fields fields(Path file, String name, FileEnvironment environment) {
        try {
            if (Source.decode(name, Files.readAllBytes(file)) instanceof Source.Given(Source source)) {
                Loaded loaded = Loader.load(source, TengilFile.ROOT, environment);
                return loaded.diagnostics().hasErrors() ? null : loaded.fields();
            }
        } catch (IOException e) {
            // as one that has mistakes
        }
        return null;
    }

    /** The image that a word means; skopeo's {@code docker://} may stand before it. */
    static ImageReference image(String word, Output output) throws Stopped {
        String name = word.startsWith(SCHEME) ? word.substring(SCHEME.length()) : word;
        return switch (ImageReference.parse(name)) {
            case Parsed.Ok<ImageReference>(ImageReference image) -> image;
            case Parsed.Bad<ImageReference>(String reason) -> {
                output.error("cli.usage", word + ": " + reason, "An image is written as [HOST[:PORT]/]NAME[:TAG].");
                throw new Stopped(Exit.INVALID);
            }
        };
    }

    /** The answer; when there is none, says why and stops. */
    <T> T ask(Question<T> question) throws Stopped {
        try {
            return answer(question);
        } catch (RegistryException e) {
            output.diagnostics(keychain.warnings(), null);
            output.diagnostics(List.of(e.diagnostic()), null);
            throw new Stopped(e.kind() == RegistryException.Kind.INTERRUPTED ? Exit.INTERRUPTED : Exit.ERROR);
        }
    }

    /** The answer, for who goes on without one. */
    <T> T answer(Question<T> question) throws RegistryException {
        return question.put(client, Deadline.in(PATIENCE));
    }

    /** The registries that the file names. */
    Set<String> declared() {
        return declared;
    }

    RegistryClient client() {
        return client;
    }

    Registries registries() {
        return registries;
    }

    Keychain keychain() {
        return keychain;
    }

    @Override
    public void close() {
        client.close();
    }
}
