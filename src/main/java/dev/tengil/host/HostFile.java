package dev.tengil.host;

/**
 * A regular file that was read on the host.
 *
 * @param content all of it
 * @param mode permission bits
 * @param uid owner on disk
 * @param gid group on disk
 */
public record HostFile(Bytes content, int mode, int uid, int gid) {}
