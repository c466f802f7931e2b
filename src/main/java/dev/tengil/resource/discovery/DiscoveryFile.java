package dev.tengil.resource.discovery;

import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.resource.Place;
import dev.tengil.resource.Resource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that one program reads.
 *
 * @param program {@code traefik} or {@code homepage}
 * @param place the dataset in which it lies
 * @param text the whole file
 * @param entries for a person: what is in it
 */
public record DiscoveryFile(
        String program,
        HostPath path,
        Place place,
        String text,
        String entries,
        Set<Address> dependsOn,
        @Nullable Span span)
        implements Resource {

    /** The kind's word in addresses. */
    public static final String KIND = "discovery";

    public DiscoveryFile {
        dependsOn = Set.copyOf(dependsOn);
    }

    @Override
    public Address address() {
        return new Address(KIND, program);
    }
}
