package dev.tengil.host;

import dev.tengil.model.HostPath;

/**
 * A whole file put in place of what stood there: written to a temporary name in the same directory, fsynced, renamed.
 * A symlink standing at the path is replaced, never followed.
 *
 * @param path absolute path of the file; its directory must exist
 * @param content all of it
 * @param mode permission bits, for example {@code 0600}
 */
public record FileWrite(HostPath path, Bytes content, int mode) {}
