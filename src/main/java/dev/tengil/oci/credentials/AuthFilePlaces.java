package dev.tengil.oci.credentials;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where logins lie on the machine that tengil runs on: tengil's own file first, then podman's and skopeo's, then Docker's. */
public final class AuthFilePlaces {

    private AuthFilePlaces() {}

    /**
     * The file that {@code tg oci login} writes.
     *
     * @param environment of the process
     * @param home the user's home directory
     */
    public static Path own(Map<String, String> environment, Path home) {
        return config(environment, home).resolve("tengil/auth.json");
    }

    /** All of them, in the order in which they are asked. */
    public static List<Path> all(Map<String, String> environment, Path home) {
        List<Path> places = new ArrayList<>();
        places.add(own(environment, home));
        Path named = path(environment.get("REGISTRY_AUTH_FILE"));
        if (named != null) {
            places.add(named);
        }
        Path runtime = path(environment.get("XDG_RUNTIME_DIR"));
        if (runtime != null) {
            places.add(runtime.resolve("containers/auth.json"));
        }
        places.add(config(environment, home).resolve("containers/auth.json"));
        Path docker = path(environment.get("DOCKER_CONFIG"));
        places.add((docker == null ? home.resolve(".docker") : docker).resolve("config.json"));
        return List.copyOf(places);
    }

    private static Path config(Map<String, String> environment, Path home) {
        Path config = path(environment.get("XDG_CONFIG_HOME"));
        return config == null ? home.resolve(".config") : config;
    }

    /** The base directory specification has relative paths ignored. */
    private static @Nullable Path path(@Nullable String text) {
        return text != null && text.startsWith("/") ? Path.of(text) : null;
    }
}
