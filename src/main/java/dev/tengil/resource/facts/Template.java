package dev.tengil.resource.facts;

import org.jspecify.annotations.Nullable;

/**
 * A container template or image archive.
 *
 * @param file its file name, for example {@code debian-13-standard_13.6-1_amd64.tar.zst}
 * @param storage the storage that holds it; null when it can be downloaded and is not
 */
public record Template(String file, @Nullable String storage) {}
