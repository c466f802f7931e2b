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

    static @Nullable String host(Output output) {
        Fields fields = fields(output);
        return fields == null ? null : fields.value(TengilFile.HOST);
    }

    static String stack(Output output) {
        Fields fields = fields(output);
        return fields == null ? "main" : fields.valueOr(TengilFile.STACK, "main");
    }

    private static @Nullable Fields fields(Output output) {
        String name = ConfigSearch.find(output.globals(), output.io());
        if (name == null || name.equals("-")) {
            return null;
        }
        Io io = output.io();
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
