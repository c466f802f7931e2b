package dev.tengil.resource.storage;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Span;
import dev.tengil.resource.Need;
import dev.tengil.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A storage of type zfspool.
 *
 * @param id as Proxmox names it
 * @param pool the pool or dataset that it uses
 */
public record StorageResource(
        String id, DatasetName pool, @Nullable Span span) implements Resource {

    /** One for each that is needed. */
    public static List<StorageResource> of(Collection<Need.OfStorage> needs) {
        TreeMap<String, StorageResource> storages = new TreeMap<>();
        needs.forEach(
                need -> storages.putIfAbsent(need.id(), new StorageResource(need.id(), need.pool(), need.span())));
        return List.copyOf(storages.values());
    }

    @Override
    public Address address() {
        return new Address("storage", id);
    }

    @Override
    public Set<Address> dependsOn() {
        return pool.isPoolRoot() ? Set.of() : Set.of(new Address("dataset", pool.value()));
    }
}
