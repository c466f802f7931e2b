package dev.tengil.resource;

import dev.tengil.model.Address;
import java.util.Set;

/**
 * What the person allowed or asked for on the command line.
 *
 * @param replace addresses that may be replaced ({@code --replace})
 * @param recreate applied resources that vanished and may be made again ({@code --recreate})
 * @param allowDestroy addresses that may be destroyed ({@code --allow-destroy})
 * @param restart false with {@code --no-restart}: changes that need one stay pending
 * @param snapshot false with {@code --no-snapshot}
 * @param withData true with {@code --with-data}: when a container comes back, so does its data
 * @param autoVolumes true with {@code --auto-volumes}: what an image declares and the file does not mount becomes datasets
 */
public record PlanOptions(
        Set<Address> replace,
        Set<Address> recreate,
        Set<Address> allowDestroy,
        boolean restart,
        boolean snapshot,
        boolean withData,
        boolean autoVolumes) {

    /** Nothing allowed beyond the ordinary. */
    public static final PlanOptions NONE = new PlanOptions(Set.of(), Set.of(), Set.of(), true, true, false, false);
}
