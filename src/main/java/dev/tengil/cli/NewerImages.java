package dev.tengil.cli;

import dev.tengil.host.HostException;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.container.Updatable;
import dev.tengil.resource.facts.ImageSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks the registries what is newer than what the containers have. */
final class NewerImages {

    private final ImageSource source;
    private final Diagnostics diagnostics;
    private final Map<String, Parsed<List<String>>> tags = new HashMap<>();
    private final Map<ImageReference, Parsed<ImageSource.Seen>> images = new HashMap<>();

    NewerImages(ImageSource source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /**
     * What was found for one container.
     *
     * @param pin what its image name would stand for
     * @param image what the registry says of that
     */
    record Found(Updatable container, ImagePin pin, ImageSource.Seen image) {

        /** Whether it is another than the container has. */
        boolean isNewer() {
            ImagePin now = container.now();
            return now == null || !now.digest().equals(pin.digest());
        }
    }

    /** What is to be found for each; those that cannot be told are left out, with a warning. */
    List<Found> find(List<Updatable> containers) throws HostException {
        List<Found> found = new ArrayList<>();
        for (Updatable container : containers) {
            Found one = container.isFree() ? find(container) : null;
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private @Nullable Found find(Updatable container) throws HostException {
        String tag = container.tag();
        if (container.looksAtTags()) {
            switch (tags(container.asked())) {
                case Parsed.Ok<List<String>>(List<String> all) -> tag = container.newest(all);
                case Parsed.Bad<List<String>>(String reason) -> {
                    return unknown(container, reason);
                }
            }
        }
        ImageReference asked = container.asked();
        ImageReference newest = new ImageReference(asked.registry(), asked.repository(), tag, null);
        String moved = Objects.equals(tag, asked.tag()) ? null : tag;
        return switch (image(newest)) {
            case Parsed.Ok<ImageSource.Seen>(ImageSource.Seen seen) ->
                new Found(container, new ImagePin(moved, seen.digest()), seen);
            case Parsed.Bad<ImageSource.Seen>(String reason) -> unknown(container, reason);
        };
    }

    private @Nullable Found unknown(Updatable container, String reason) {
        diagnostics.add(Diagnostic.warning(
                        "update.unknown", "nobody can tell what is newer for " + container.name() + ": " + reason)
                .help("Check the image's name, and whether the host reaches "
                        + container.asked().registry() + "."));
        return null;
    }

    /** What the registry says of the image that a container has; null when it has forgotten it. */
    ImageSource.@Nullable Seen present(Updatable container) throws HostException {
        ImagePin now = container.now();
        return now != null
                        && image(now.of(container.asked()))
                                instanceof Parsed.Ok<ImageSource.Seen>(ImageSource.Seen seen)
                ? seen
                : null;
    }

    private Parsed<List<String>> tags(ImageReference image) throws HostException {
        Parsed<List<String>> known = tags.get(image.name());
        if (known == null) {
            known = source.tags(image);
            tags.put(image.name(), known);
        }
        return known;
    }

    private Parsed<ImageSource.Seen> image(ImageReference image) throws HostException {
        Parsed<ImageSource.Seen> known = images.get(image);
        if (known == null) {
            known = source.image(image);
            images.put(image, known);
        }
        return known;
    }

    /** What the names stand for once these are taken; null after saying that two containers want different things of one name. */
    @Nullable
    SortedMap<ImageReference, ImagePin> moved(List<Found> found) {
        SortedMap<ImageReference, ImagePin> moved = new TreeMap<>();
        for (Found each : found) {
            ImagePin other = moved.putIfAbsent(each.container().asked(), each.pin());
            if (other != null && !other.equals(each.pin())) {
                diagnostics.add(Diagnostic.error(
                                "update.policies-differ",
                                "two containers have the image "
                                        + each.container().asked() + " and different policies for it")
                        .help("Give both the same policy, or name two tags."));
                return null;
            }
        }
        return moved;
    }
}
