package dev.tengil.resource.restart;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A container that is started again when its program ends by itself. */
public record Restart(
        Address container, VmId vmid, @Nullable Span span) implements Resource {

    /** The kind's word in addresses. */
    public static final String KIND = "restart";

    @Override
    public Address address() {
        return new Address(KIND, container.name());
    }

    /** Before the container is there its number may be somebody else's. */
    @Override
    public Set<Address> dependsOn() {
        return Set.of(container);
    }
}
