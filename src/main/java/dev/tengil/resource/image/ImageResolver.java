package dev.tengil.resource.image;

import dev.tengil.model.Address;
import dev.tengil.model.ImageReference;
import dev.tengil.oci.image.ImageConfigRules;
import dev.tengil.resource.Need;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns needs into images, each once, and refuses those whose config no one should unpack. */
public final class ImageResolver {

    /** One image for all who need it. */
    public Resolved<Image> resolve(Collection<Need.OfImage> needs, ResolveContext context) {
        SortedMap<Address, Image> images = new TreeMap<>();
        for (Need.OfImage need : needs) {
            ImageFacts facts = facts(need.image(), context);
            Image image = new Image(need.image(), need.storage(), facts == null ? null : facts.size(), need.span());
            if (images.putIfAbsent(image.address(), image) == null) {
                refuse(need, context);
            }
        }
        return new Resolved<>(new ArrayList<>(images.values()), List.of());
    }

    private static void refuse(Need.OfImage need, ResolveContext context) {
        ImageFacts facts = facts(need.image(), context);
        if (facts != null) {
            ImageConfigRules.problems(need.image(), facts.config())
                    .forEach(problem -> context.diagnostics().add(problem.at(need.span())));
        }
    }

    private static @Nullable ImageFacts facts(ImageReference image, ResolveContext context) {
        ImageFacts facts = context.facts().images().get(image);
        return facts != null
                ? facts
                : context.facts()
                        .images()
                        .get(new ImageReference(image.registry(), image.repository(), image.tag(), null));
    }
}
