package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ImagePin;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which digest an image name stands for: what the file says itself, else what {@code tengil.lock} says, else what was applied; else
 * nobody knows, and the registry is asked once. A pinned container stays with what was applied, whatever the lock says.
 */
final class Pins {

    private Pins() {}

    /** What a container was made from, if it was by this name. */
    static @Nullable ImagePin applied(ImageReference reference, Address address, Applied applied) {
        AppliedResource known =
                applied.resources().getOrDefault(address, applied.intended().get(address));
        return known == null ? null : of(reference, known);
    }

    /** What an apply that did not come to its end was about to make it from, by this name. */
    static @Nullable ImagePin begun(ImageReference reference, Address address, Applied applied) {
        AppliedResource intended = applied.intended().get(address);
        return intended == null || Aside.begun(address, applied) == null ? null : of(reference, intended);
    }

    private static @Nullable ImagePin of(ImageReference reference, AppliedResource resource) {
        String digest = resource.choice("digest");
        return digest == null || !reference.toString().equals(resource.choice("image"))
                ? null
                : new ImagePin(resource.choice("tag"), digest);
    }

    /** What it is to be made from; null when only the registry knows. */
    static @Nullable ImagePin wanted(
            ImageReference reference, UpdateRule rule, Map<ImageReference, ImagePin> lock, @Nullable ImagePin applied) {
        if (reference.digest() != null) {
            return new ImagePin(null, reference.digest());
        }
        ImagePin locked = lock.get(reference);
        return locked == null || (rule.policy() == UpdateRule.Policy.PIN && applied != null) ? applied : locked;
    }
}
