package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image declares as volumes and the file does not mount. Proxmox makes plain directories of them, which are lost with the root
 * disk. They are told when the container is made, or with {@code --auto-volumes} become datasets as if the file said so; that choice is
 * kept, since a later plan without the option must not take the data away. A volume of the file at the same place wins over it.
 */
final class DeclaredVolumes {

    /** Begins a choice; the path follows, and the name is its value. */
    private static final String CHOICE = "auto_volume.";

    /** What lies there is not meant to be kept. */
    private static final Set<String> PASSING = Set.of("/tmp", "/run", "/var/run", "/var/tmp", "/dev/shm");

    private DeclaredVolumes() {}

    /** Adds to the volumes of the file. */
    static void add(Scope scope, @Nullable ImageReference image, List<Located<VolumeSpec>> volumes) {
        scope.chosenAll(CHOICE).forEach((choice, name) -> {
            HostPath path = HostPath.of(choice.substring(CHOICE.length()));
            if (image != null && !isCovered(path, volumes)) {
                take(scope, name, path, volumes, scope.asked.span());
            }
        });
        ImageFacts facts = image == null || !scope.made() ? null : scope.image(image);
        boolean auto = scope.context.options().autoVolumes();
        if (facts == null) {
            if (auto && image != null && !scope.made()) {
                scope.context
                        .diagnostics()
                        .add(Diagnostic.note(
                                        "container.auto-volumes",
                                        "container " + scope.asked.name()
                                                + " exists, and --auto-volumes is for containers that are made")
                                .at(scope.asked.span())
                                .help("A dataset there would hide what the directory holds. See: tg oci info "
                                        + image.name()));
            }
            return;
        }
        for (String text : facts.config().volumes()) {
            if (MountTarget.parse(text) instanceof Parsed.Ok<HostPath>(HostPath path)
                    && !PASSING.contains(path.value())
                    && !isCovered(path, volumes)) {
                String name = name(path, volumes);
                if (auto) {
                    take(scope, name, path, volumes, scope.asked.span());
                    if (scope.found != null) {
                        scope.notes.add("what it has in " + path + " until now stays in its old root disk");
                    }
                } else if (scope.found == null) {
                    tell(scope, name, path);
                }
            }
        }
    }

    private static void take(Scope scope, String name, HostPath path, List<Located<VolumeSpec>> volumes, Span span) {
        scope.choices.put(CHOICE + path, name);
        volumes.add(new Located<>(VolumeSpec.of(name, path, false), span));
    }

    private static void tell(Scope scope, String name, HostPath path) {
        boolean homeless = scope.asked.one(ContainerKeys.IN) == null
                && scope.asked.all().stream().allMatch(declaration -> declaration.dataset() == null);
        scope.warn(
                "container.volume-unmounted",
                "the image of " + scope.asked.name() + " keeps data in " + path
                        + ", where the file mounts nothing: it would be lost with the root disk",
                scope.asked.span(),
                "Add it: volumes: [\"" + name + ":" + path + "\"]" + (homeless ? " and in: POOL/DATASET" : "")
                        + ". Or for all such: --auto-volumes");
    }

    /** A volume at, above or below it says that somebody has thought of it. */
    private static boolean isCovered(HostPath path, List<Located<VolumeSpec>> volumes) {
        return volumes.stream()
                .map(volume -> volume.value().target())
                .anyMatch(target -> target.isAtOrBelow(path) || path.isAtOrBelow(target));
    }

    private static String name(HostPath path, List<Located<VolumeSpec>> volumes) {
        Set<String> taken = new HashSet<>();
        volumes.forEach(volume -> taken.add(volume.value().source()));
        List<String> names = new ArrayList<>();
        String whole = path.value().substring(1).toLowerCase(Locale.ROOT);
        for (String each : List.of(whole.substring(whole.lastIndexOf('/') + 1), whole.replace('/', '-'))) {
            if (each.matches("[a-z0-9][a-z0-9_.-]{0,40}")) {
                names.add(each);
            }
        }
        for (int more = 1; more <= taken.size() + 1; more++) {
            names.add(more == 1 ? "data" : "data-" + more);
        }
        return names.stream().filter(each -> !taken.contains(each)).findFirst().orElseThrow();
    }
}
