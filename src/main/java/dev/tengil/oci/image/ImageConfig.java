package dev.tengil.oci.image;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of how it is run: the OCI image config, which Docker's is the same as. A stranger wrote it;
 * {@link ImageConfigRules} says whether anything of it may reach Proxmox.
 *
 * @param env {@code K=V} in the image's order
 * @param user the USER, empty for root
 * @param workdir null when the image leaves it open
 * @param volumes paths that the image declares as volumes
 * @param ports for example {@code 8096/tcp}
 * @param labels may hold line breaks
 * @param stopSignal for example {@code SIGQUIT}, null when the image leaves it open
 * @param healthcheck null when the image has none
 * @param platform null when the image does not say
 * @param created null when the image does not say
 */
public record ImageConfig(
        List<String> env,
        List<String> entrypoint,
        List<String> command,
        String user,
        @Nullable String workdir,
        SortedSet<String> volumes,
        SortedSet<String> ports,
        SortedMap<String, String> labels,
        @Nullable String stopSignal,
        @Nullable Healthcheck healthcheck,
        @Nullable Platform platform,
        @Nullable Instant created) {}
