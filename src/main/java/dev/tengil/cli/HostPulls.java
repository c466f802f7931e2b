package dev.tengil.cli;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.plan.Desired;
import dev.tengil.plan.Plan;
import dev.tengil.resource.image.DeclaredRegistries;
import dev.tengil.resource.image.Image;
import dev.tengil.resource.image.RegistryKeys;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What the host has to fetch from registries for which the file says something that it does not get there yet. */
final class HostPulls {

    private HostPulls() {}

    static List<Diagnostic> of(Fields file, Collection<ImageReference> images) {
        if (images.isEmpty() || !file.has(RegistryKeys.REGISTRIES)) {
            return List.of();
        }
        // What is wrong with the entries themselves was said when the file was read.
        DeclaredRegistries declared = DeclaredRegistries.of(file, new Diagnostics());
        return images.stream()
                .map(ImageReference::registry)
                .distinct()
                .sorted()
                .map(declared::notYetOnHost)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The images that a plan would pull. */
    static List<ImageReference> pulled(Desired desired, Plan plan) {
        Set<Address> changed = plan.changes().stream()
                .map(change -> change.address())
                .filter(address -> address.kind().equals("image"))
                .collect(Collectors.toSet());
        return changed.isEmpty()
                ? List.of()
                : desired.of(Image.class).stream()
                        .filter(image -> changed.contains(image.address()))
                        .map(Image::reference)
                        .toList();
    }
}
