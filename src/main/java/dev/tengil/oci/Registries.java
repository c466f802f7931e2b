package dev.tengil.oci;

import dev.tengil.model.ImageReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registries of a configuration. Those that it does not name are talked to as the public ones are. */
public final class Registries {

    /** Known without being named; lscr.io sends on to ghcr.io. */
    public static final List<String> BUILT_IN = List.of(ImageReference.DOCKER_HUB, "ghcr.io", "quay.io", "lscr.io");

    private static final String DOCKER_HUB_API = "registry-1.docker.io";

    private final Map<String, Registry> named = new LinkedHashMap<>();

    /** @param own of two for one host the later counts */
    public Registries(Collection<Registry> own) {
        own.forEach(registry -> named.put(plain(registry.host()), registry));
    }

    /** The public ones alone. */
    public static Registries builtIn() {
        return new Registries(List.of());
    }

    /** How to talk to this one. */
    public Registry of(String host) {
        return named.getOrDefault(plain(host), Registry.of(plain(host)));
    }

    /** Whether each machine means itself by it. */
    public static boolean isLoopback(String host) {
        return host.matches("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");
    }

    /** Where it really answers: Docker Hub does not under its name. */
    static String api(String host) {
        return host.equals(ImageReference.DOCKER_HUB) ? DOCKER_HUB_API : host;
    }

    private static String plain(String host) {
        return host.equals("index.docker.io") || host.equals(DOCKER_HUB_API) ? ImageReference.DOCKER_HUB : host;
    }
}
