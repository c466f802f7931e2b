package dev.tengil.resource;

import dev.tengil.host.ImagePull;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host needs to know to get an image: the file's word on its registry, and the logins of whoever runs tengil. */
public interface Pulls {

    /**
     * Where an image comes from.
     *
     * @param from in the order in which they are tried, at least one
     */
    record Way(List<ImagePull.From> from, ImagePull.@Nullable Logins logins) {}

    /** The way for this image, pinned to its digest; what cannot be used of it goes into the diagnostics. */
    Way of(ImageReference image, Diagnostics diagnostics);

    /** With nothing but what the host has. */
    Pulls PLAIN = (image, diagnostics) ->
            new Way(List.of(new ImagePull.From("docker://" + image.forPull(), true, null)), null);
}
