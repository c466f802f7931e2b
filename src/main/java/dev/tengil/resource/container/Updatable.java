package dev.tengil.resource.container;

import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.VersionTag;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.ImagePin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container of the file that is made from an image, and how far an update of it may go.
 *
 * @param asked the image as the file names it
 * @param now what it stands for now; null when nobody has asked for it yet
 */
public record Updatable(
        String name,
        ImageReference asked,
        UpdateRule rule,
        @Nullable ImagePin now) {

    private static final int PATCH = 2;
    private static final int MINOR = 1;

    /** All of the file, in its order. */
    public static List<Updatable> of(
            List<Declaration> declarations, Map<ImageReference, ImagePin> lock, Applied applied) {
        List<Updatable> found = new ArrayList<>();
        ContainerResolver.byName(declarations).forEach((name, all) -> {
            Merged asked = new Merged(name, all, new Diagnostics());
            Located<ContainerShapes.ImageAsk> image = OriginResolver.image(asked);
            if (image != null) {
                ImageReference reference = image.value().reference();
                UpdateRule rule = UpdateRule.of(asked);
                ImagePin now = Pins.applied(reference, Container.addressOf(name), applied);
                found.add(new Updatable(name, reference, rule, now != null ? now : lock.get(reference)));
            }
        });
        return found;
    }

    /** Whether an update may change anything: neither the file nor its policy holds it to one digest. */
    public boolean isFree() {
        return asked.digest() == null && rule.policy() != UpdateRule.Policy.PIN;
    }

    /** The tag that it has now. */
    public String tag() {
        return now != null && now.tag() != null ? now.tag() : String.valueOf(asked.tag());
    }

    /** Whether the repository's tags are needed to tell what is newest. */
    public boolean looksAtTags() {
        return isFree() && rule.policy() != UpdateRule.Policy.DIGEST && VersionTag.read(tag()) != null;
    }

    /** The newest of these tags that its policy allows, never an older one than it has. */
    public String newest(Collection<String> tags) {
        VersionTag here = VersionTag.read(tag());
        if (here == null) {
            return tag();
        }
        int fixed = switch (rule.policy()) {
            case PIN, DIGEST -> Integer.MAX_VALUE;
            case PATCH -> PATCH;
            case MINOR -> MINOR;
            case LATEST -> 0;
        };
        String best = tag();
        VersionTag newest = here;
        for (String tag : tags) {
            VersionTag version = VersionTag.read(tag);
            if (version != null
                    && version.isLike(here)
                    && version.agrees(here, fixed)
                    && version.compareTo(newest) > 0) {
                newest = version;
                best = tag;
            }
        }
        return best;
    }
}
