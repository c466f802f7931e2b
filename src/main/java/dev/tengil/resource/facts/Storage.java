package dev.tengil.resource.facts;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A Proxmox storage, as this node sees it.
 *
 * @param type {@code dir}, {@code zfspool}…
 * @param content what it may hold: {@code rootdir}, {@code vztmpl}…
 * @param active whether it can be used now
 * @param available bytes
 * @param pool of a zfspool: the dataset that it uses
 * @param path of a dir: its directory
 */
public record Storage(
        String id,
        String type,
        SortedSet<String> content,
        boolean active,
        long available,
        @Nullable String pool,
        @Nullable String path) {}
