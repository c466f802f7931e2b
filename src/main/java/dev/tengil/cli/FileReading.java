package dev.tengil.cli;

import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.plan.Declarations;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.image.DeclaredRegistries;
import dev.tengil.resource.image.RegistryKeys;
import dev.tengil.state.SecretStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The file, read and valid.
 *
 * @param name as the person named it; {@code -} for standard input
 * @param directory from which its relative paths count
 * @param warnings what is right, but worth a word; said already
 */
record FileReading(
        String name, Path directory, Source source, Fields fields, Declarations declared, List<Diagnostic> warnings) {

    /** Finds, reads and checks the file; says everything that is wrong with it, and stops if that is an error. */
    static FileReading read(Output output, SecretStore secrets) throws Stopped {
        Io io = output.io();
        String name = ConfigSearch.find(output.globals(), io);
        if (name == null) {
            output.error(
                    "config.none",
                    "there is no tengil.yml",
                    "Looked for "
                            + ConfigSearch.places(io).stream()
                                    .map(Path::toString)
                                    .collect(Collectors.joining(", ")) + ".\nName one with -c FILE.");
            throw new Stopped(Exit.INVALID);
        }
        Path directory = name.equals("-")
                ? io.directory()
                : Objects.requireNonNullElse(
                        io.directory().resolve(name).toAbsolutePath().getParent(), io.directory());
        Source source = source(output, name);
        FileEnvironment environment = new FileEnvironment(io, directory, secrets);
        Loaded loaded = Loader.load(source, TengilFile.ROOT, environment);
        Fields fields = loaded.fields();
        Declarations declared = fields == null ? null : Declarations.of(fields, loaded.diagnostics());
        if (fields != null && declared != null) {
            Later.refuse(fields, loaded.diagnostics());
            if (fields.has(RegistryKeys.REGISTRIES)) {
                DeclaredRegistries.of(fields, loaded.diagnostics());
            }
            if (loaded.diagnostics().hasErrors()) {
                loaded.diagnostics().addAll(FileAlone.more(fields, declared, environment));
            }
        }
        List<Diagnostic> found = loaded.diagnostics().byPlace();
        output.diagnostics(found, source);
        if (fields == null || declared == null || loaded.diagnostics().hasErrors()) {
            output.json(found);
            throw new Stopped(Exit.INVALID);
        }
        return new FileReading(name, directory, source, fields, declared, found);
    }

    private static Source source(Output output, String name) throws Stopped {
        if (name.isEmpty()) {
            throw refused(output, "config.none", "the name of the file is empty", "Name one with -c FILE.");
        }
        byte[] bytes;
        try {
            if (name.equals("-")) {
                bytes = output.io().in().readNBytes(Source.LARGEST + 1);
            } else {
                Path file = output.io().directory().resolve(name);
                if (Files.isDirectory(file)) {
                    throw refused(output, "config.unreadable", name + " is a directory", "Name the file in it.");
                }
                try (var in = Files.newInputStream(file)) {
                    bytes = in.readNBytes(Source.LARGEST + 1);
                }
            }
        } catch (NoSuchFileException e) {
            throw refused(output, "config.none", "there is no file " + name, null);
        } catch (IOException e) {
            throw refused(output, "config.unreadable", name + " cannot be read: " + why(e), null);
        }
        return switch (Source.decode(name, bytes)) {
            case Source.Given(Source source) -> source;
            case Source.Refused(Diagnostic diagnostic, Source shown) -> {
                output.diagnostics(List.of(diagnostic), shown);
                output.json(List.of(diagnostic));
                throw new Stopped(Exit.INVALID);
            }
        };
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "this user may not read it";
            case FileSystemException said when said.getReason() != null -> said.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Stopped refused(
            Output output, String code, String message, @org.jspecify.annotations.Nullable String help) {
        output.error(code, message, help);
        return new Stopped(Exit.INVALID);
    }
}
