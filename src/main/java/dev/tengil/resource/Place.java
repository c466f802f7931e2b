package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the place where others put or find things: what containers bind and shares publish.
 *
 * @param dataset its name
 * @param mountpoint where it is, or will be once it is made
 * @param declared whether the file declares it (else it merely exists)
 * @param owner ids on disk that the file asks for; null when it does not say
 * @param writers uids and gids of people who write through its shares
 * @param shared whether a writable share publishes it, so that its group must be able to write
 */
public record Place(
        DatasetName dataset,
        HostPath mountpoint,
        boolean declared,
        @Nullable Owner owner,
        Writers writers,
        boolean shared) {

    /** The address of the dataset. */
    public Address address() {
        return new Address("dataset", dataset.value());
    }
}
