package dev.tengil.resource.directory;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is made if it is missing, and left as it is if not.
 *
 * @param dataset the dataset in which it lies
 * @param mountpoint where that dataset is mounted
 * @param owner ids of what is made; null for root
 * @param mode of what is made; null for the usual one
 */
public record Directory(
        HostPath path,
        DatasetName dataset,
        HostPath mountpoint,
        @Nullable Owner owner,
        @Nullable Integer mode,
        @Nullable Span span)
        implements Resource {

    public static Address addressOf(HostPath path) {
        return new Address("directory", path.value());
    }

    @Override
    public Address address() {
        return addressOf(path);
    }

    @Override
    public Set<Address> dependsOn() {
        Address dataset = new Address("dataset", this.dataset.value());
        return path.parent().equals(mountpoint) ? Set.of(dataset) : Set.of(dataset, addressOf(path.parent()));
    }
}
