package dev.tengil.resource.image;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.resource.Need;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns needs into images, each once, and refuses those whose config no one should unpack. */
public final class ImageResolver {

    /** One image for all who need it. */
    public Resolved<Image> resolve(Collection<Need.OfImage> needs, ResolveContext context) {
        SortedMap<Address, Image> images = new TreeMap<>();
        for (Need.OfImage need : needs) {
            Image image = new Image(need.image(), need.storage(), need.span());
            if (images.putIfAbsent(image.address(), image) == null) {
                refuseControls(need, context);
            }
        }
        return new Resolved<>(new ArrayList<>(images.values()), List.of());
    }

    /** Proxmox writes these texts into a line-based config as root, so a line break in one could add any line. */
    private static void refuseControls(Need.OfImage need, ResolveContext context) {
        ImageFacts facts = facts(need.image(), context);
        if (facts == null) {
            return;
        }
        Map<String, Stream<String>> fields = Map.of(
                "Env", facts.env().stream(),
                "Entrypoint", facts.entrypoint().stream(),
                "Cmd", facts.command().stream(),
                "User", Stream.of(facts.user()),
                "WorkingDir", Stream.ofNullable(facts.workdir()),
                "Volumes", facts.volumes().stream());
        new TreeMap<>(fields).forEach((field, texts) -> {
            if (texts.anyMatch(text -> text.chars().anyMatch(c -> c < 0x20 || c == 0x7f))) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "image.control-characters",
                                        "the image " + need.image() + " has control characters in its " + field)
                                .at(need.span())
                                .help("Proxmox would write them into its own configuration. Use another image,"
                                        + " or build one without them."));
            }
        });
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
