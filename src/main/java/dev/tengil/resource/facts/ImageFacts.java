package dev.tengil.resource.facts;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of an image. The config is untrusted input.
 *
 * @param digest of what the tag points to, {@code sha256:…}
 * @param env {@code K=V} in the image's order
 * @param user the USER of the image, empty for root
 * @param volumes paths that the image declares as volumes
 * @param ports for example {@code 8096/tcp}
 */
public record ImageFacts(
        String digest,
        List<String> env,
        List<String> entrypoint,
        List<String> command,
        String user,
        @Nullable String workdir,
        SortedSet<String> volumes,
        SortedSet<String> ports,
        SortedMap<String, String> labels) {}
