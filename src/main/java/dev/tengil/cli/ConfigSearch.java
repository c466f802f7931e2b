package dev.tengil.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the file that is meant when none is named. */
final class ConfigSearch {

    private ConfigSearch() {}

    /** The named file, or the first of the usual places that exists; null when none does. {@code -} is standard input. */
    static @Nullable String find(Globals globals, Io io) {
        if (globals.config() != null) {
            return globals.config();
        }
        String fromEnv = io.env().get("TENGIL_CONFIG");
        if (fromEnv != null && !fromEnv.isEmpty()) {
            return fromEnv;
        }
        for (Path place : places(io)) {
            if (Files.exists(place)) {
                return place.startsWith(io.directory())
                        ? io.directory().relativize(place).toString()
                        : place.toString();
            }
        }
        return null;
    }

    /** Where it looks, in order. */
    static List<Path> places(Io io) {
        List<Path> places = new ArrayList<>();
        places.add(io.directory().resolve("tengil.yml"));
        places.add(io.home().resolve("tengil-configs/tengil.yml"));
        places.add(Path.of("/etc/tengil/tengil.yml"));
        return places;
    }
}
