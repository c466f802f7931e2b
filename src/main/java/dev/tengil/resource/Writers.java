package dev.tengil.resource;

import java.util.SortedSet;
import java.util.TreeSet;

/** Ids on disk that write somewhere besides the owner. */
public record Writers(SortedSet<Integer> uids, SortedSet<Integer> gids) {

    public static final Writers NONE = new Writers(new TreeSet<>(), new TreeSet<>());

    public Writers {
        uids = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(uids));
        gids = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(gids));
    }
}
