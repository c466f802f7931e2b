package dev.tengil.resource.facts;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A ZFS file system or volume.
 *
 * @param volume a block device, not a file system
 * @param mountpoint where it is or would be mounted; null for none, legacy and volumes
 * @param mounted whether it is mounted now
 * @param guid stays the same when it is renamed
 * @param available bytes that can still be written
 * @param properties by name, as {@code zfs get -p} prints them, user properties among them; unset ones ({@code -}) are left out
 */
public record Dataset(
        DatasetName name,
        boolean volume,
        @Nullable HostPath mountpoint,
        boolean mounted,
        String guid,
        long available,
        SortedMap<String, Property> properties) {

    /**
     * @param value as printed with {@code -p}
     * @param source {@code local}, {@code default}, {@code inherited from …}, {@code received}, {@code -}
     */
    public record Property(String value, String source) {
        public boolean isLocal() {
            return source.equals("local");
        }
    }

    /** The value of a property that is set on this very dataset, or null. */
    public @Nullable String local(String property) {
        Property found = properties.get(property);
        return found != null && found.isLocal() ? found.value() : null;
    }
}
