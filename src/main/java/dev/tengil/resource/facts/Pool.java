package dev.tengil.resource.facts;

/**
 * An imported pool.
 *
 * @param size bytes
 * @param free bytes
 * @param health {@code ONLINE}, {@code DEGRADED}, {@code SUSPENDED}…
 * @param readonly whether it was imported read-only
 * @param bootfs whether it names a boot file system
 */
public record Pool(String name, long size, long free, String health, boolean readonly, boolean bootfs) {}
