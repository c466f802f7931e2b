package dev.tengil.cli;

import dev.tengil.config.Loaded;
import dev.tengil.config.Loader;
import dev.tengil.config.Source;
import dev.tengil.model.Fields;
import dev.tengil.plan.TengilFile;
import dev.tengil.state.SecretStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The two things that {@code tg doctor} would like to know of the file, which may be absent or wrong. */
final class DoctorFile {

    private DoctorFile() {}

    static @Nullable String host(Globals globals, Io io) {
        Fields fields = fields(globals, io);
        return fields == null ? null : fields.value(TengilFile.HOST);
    }

    static String stack(Globals globals, Io io) {
        Fields fields = fields(globals, io);
        return fields == null ? "main" : fields.valueOr(TengilFile.STACK, "main");
    }

    private static @Nullable Fields fields(Globals globals, Io io) {
        String name = ConfigSearch.find(globals, io);
        if (name == null || name.equals("-")) {
            return null;
        }
        Path file = io.directory().resolve(name);
        try {
            Loaded loaded = Source.decode(name, Files.readAllBytes(file)) instanceof Source.Given(Source source)
                    ? Loader.load(source, TengilFile.ROOT, new FileEnvironment(io, io.directory(), new SecretStore()))
                    : null;
            return loaded == null ? null : loaded.fields();
        } catch (IOException e) {
            return null;
        }
    }
}
