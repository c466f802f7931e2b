package dev.tengil.resource.container;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.ImagePin;
import dev.tengil.resource.container.ContainerShapes.ImageAsk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the host and the registries must be asked before containers can be resolved.
 *
 * @param images whose digest or config nobody knows yet; a locked one is asked for by its digest
 * @param paths sources of volumes, and devices
 * @param files to read: what graphics cards are, and configs of containers whose place new ones were about to take when an apply was cut
 *     off
 * @param templates whether the list of templates matters
 * @param forwards whether the node forwards a port to any
 * @param restarts whether any is to be started again when its program ends
 * @param pools where root disks were being set aside when an apply was cut off
 */
public record ContainerLookups(
        SortedSet<ImageReference> images,
        SortedSet<HostPath> paths,
        SortedSet<HostPath> files,
        boolean templates,
        boolean forwards,
        boolean restarts,
        SortedSet<String> pools) {

    /** Works it out from the file and the state alone. */
    public static ContainerLookups of(
            List<Declaration> declarations, Map<ImageReference, ImagePin> lock, Applied applied) {
        SortedSet<ImageReference> images = new TreeSet<>();
        SortedSet<HostPath> paths = new TreeSet<>();
        SortedSet<HostPath> files = new TreeSet<>();
        boolean[] templates = {false};
        boolean[] forwards = {false};
        boolean[] restarts = {false};
        ContainerResolver.byName(declarations).forEach((name, all) -> {
            Merged asked = new Merged(name, all, new Diagnostics());
            Located<ImageAsk> image = OriginResolver.image(asked);
            if (image != null) {
                images.addAll(unknown(name, image.value().reference(), UpdateRule.of(asked), lock, applied));
            }
            templates[0] |= image != null || asked.one(ContainerKeys.TEMPLATE) != null;
            restarts[0] |= asked.one(ContainerKeys.RESTART) != null;
            forwards[0] |= asked.list(ContainerKeys.PORTS).stream()
                    .anyMatch(port -> port.value().isForwarded());
            paths.addAll(DeviceResolver.wanted(asked));
            files.addAll(DeviceResolver.files(asked));
            for (Located<VolumeSpec> volume : asked.list(ContainerKeys.VOLUMES)) {
                if (!volume.value().isNamed() && !Sockets.isSocket(volume.value())) {
                    paths.add(volume.value().path());
                }
            }
            for (Located<VolumeSpec> volume : asked.list(OldContainerKeys.MOUNTS)) {
                paths.add(volume.value().path());
            }
        });
        files.addAll(Aside.configs(applied));
        return new ContainerLookups(images, paths, files, templates[0], forwards[0], restarts[0], Aside.pools(applied));
    }

    /** What the registry has to be asked of one image: nothing, if it is the one that was applied. */
    private static List<ImageReference> unknown(
            String name,
            ImageReference reference,
            UpdateRule rule,
            Map<ImageReference, ImagePin> lock,
            Applied applied) {
        Address address = Container.addressOf(name);
        List<ImageReference> images = new ArrayList<>();
        ImagePin known = Pins.applied(reference, address, applied);
        ImagePin wanted = Pins.wanted(reference, rule, lock, known);
        if (wanted == null) {
            images.add(reference);
        } else if (!wanted.equals(known)) {
            images.add(wanted.of(reference));
        }
        ImagePin begun = Pins.begun(reference, address, applied);
        if (begun != null && !begun.equals(known)) {
            images.add(begun.of(reference));
        }
        return images;
    }
}
