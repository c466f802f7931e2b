package dev.tengil.oci.image;

import org.jspecify.annotations.Nullable;

/**
 * Points to content by its digest, as the OCI image specification has it.
 *
 * @param mediaType what the content is
 * @param digest {@code sha256:…}
 * @param size bytes, never negative
 * @param platform what it runs on, where an index says so
 * @param elsewhere whether the content lies on other servers than the registry: layers of Windows
 */
public record Descriptor(
        String mediaType,
        String digest,
        long size,
        @Nullable Platform platform,
        boolean elsewhere) {}
