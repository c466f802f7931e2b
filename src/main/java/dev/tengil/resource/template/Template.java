package dev.tengil.resource.template;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A template of Proxmox that something is made from, by its full file name. */
public record Template(
        String file, String storage, @Nullable Span span) implements Resource {

    @Override
    public Address address() {
        return new Address("template", file);
    }

    @Override
    public Set<Address> dependsOn() {
        return Set.of();
    }
}
