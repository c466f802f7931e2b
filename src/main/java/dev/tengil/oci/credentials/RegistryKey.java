package dev.tengil.oci.credentials;

import dev.tengil.model.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How auth files call a registry. Docker Hub has a name of its own in them, with a path of an interface long gone. */
final class RegistryKey {
    static final String DOCKER_HUB_OF_OLD = "https://index.docker.io/v1/";

    private static final Set<String> DOCKER_HUB =
            Set.of(ImageReference.DOCKER_HUB, "index.docker.io", "registry-1.docker.io");

    private RegistryKey() {}

    static boolean isDockerHub(String host) {
        return DOCKER_HUB.contains(host);
    }

    /** The keys that may hold the login for a repository, the most particular first; {@code repository} may be empty. */
    static List<String> of(String host, String repository) {
        List<String> keys = new ArrayList<>();
        String path = repository;
        while (!path.isEmpty()) {
            keys.add(host + "/" + path);
            int slash = path.lastIndexOf('/');
            path = slash < 0 ? "" : path.substring(0, slash);
        }
        keys.add(host);
        return keys;
    }

    /** A key as it stands in a file, in the form of {@link #of}: only Docker's own are addresses with a path that says nothing. */
    static String plain(String key) {
        int scheme = key.indexOf("://");
        if (scheme < 0) {
            return normal(key);
        }
        String rest = key.substring(scheme + 3);
        int slash = rest.indexOf('/');
        return normal(slash < 0 ? rest : rest.substring(0, slash));
    }

    private static String normal(String key) {
        int slash = key.indexOf('/');
        String host = slash < 0 ? key : key.substring(0, slash);
        return isDockerHub(host) ? ImageReference.DOCKER_HUB + key.substring(host.length()) : key;
    }
}
