package dev.tengil.resource;

/**
 * What a pull transfers.
 *
 * @param bytes of the layers, packed as they are
 * @param layers how many there are
 */
public record PullSize(long bytes, int layers) {}
