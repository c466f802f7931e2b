package dev.tengil.resource;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All datasets with a mountpoint, declared or merely existing, found by path. */
public final class Places {

    private final SortedMap<HostPath, Place> byMountpoint = new TreeMap<>();
    private final SortedMap<DatasetName, Place> byName = new TreeMap<>();

    public Places(Collection<Place> places) {
        for (Place place : places) {
            byMountpoint.put(place.mountpoint(), place);
            byName.put(place.dataset(), place);
        }
    }

    /** The place whose mountpoint is this very path, or null. */
    public @Nullable Place at(HostPath path) {
        return byMountpoint.get(path);
    }

    public @Nullable Place of(DatasetName dataset) {
        return byName.get(dataset);
    }

    /** The place that holds this path: the one with the longest mountpoint at or above it; null on the root file system. */
    public @Nullable Place holding(HostPath path) {
        for (HostPath here = path; ; here = here.parent()) {
            Place place = byMountpoint.get(here);
            if (place != null || here.value().equals("/")) {
                return place;
            }
        }
    }

    /** Declared places strictly below a path, parents first. */
    public List<Place> declaredBelow(HostPath path) {
        return byMountpoint.tailMap(path).values().stream()
                .filter(place -> place.mountpoint().isBelow(path) && place.declared())
                .toList();
    }

    public Collection<Place> all() {
        return byMountpoint.values();
    }
}
