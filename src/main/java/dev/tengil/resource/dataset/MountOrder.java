package dev.tengil.resource.dataset;

import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** A dataset mounted above another's mountpoint hides it, unless it was mounted first. */
final class MountOrder {

    private MountOrder() {}

    /** What must be there before this one is made: its parent, and whatever is mounted above it. */
    static Set<Address> before(DatasetResource dataset, Collection<DatasetResource> all) {
        Set<Address> first = new TreeSet<>(dataset.dependsOn());
        HostPath path = dataset.path();
        for (DatasetResource other : all) {
            HostPath above = other.path();
            if (path != null && above != null && path.isBelow(above)) {
                first.add(other.address());
            }
        }
        return first;
    }
}
