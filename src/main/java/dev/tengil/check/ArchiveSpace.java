package dev.tengil.check;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.image.Image;
import dev.tengil.resource.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Images and templates are loaded onto a storage first; their size is known only then, but an almost full one is not. */
final class ArchiveSpace implements Rule {
    /** Most archives are smaller; a few large images are not. */
    private static final long ENOUGH = 1L << 30;

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        SortedMap<String, Integer> missing = new TreeMap<>();
        preflight.of(Image.class).forEach(image -> count(preflight, image.storage(), image.file(), missing));
        preflight
                .of(Template.class)
                .forEach(template -> count(preflight, template.storage(), template.file(), missing));
        List<Diagnostic> found = new ArrayList<>();
        missing.forEach((id, archives) -> {
            Storage storage = preflight.facts().storages().get(id);
            if (storage != null && storage.available() < ENOUGH) {
                found.add(Diagnostic.warning(
                                "storage.little-space",
                                (archives == 1 ? "an archive has" : archives + " archives have") + " to be loaded onto "
                                        + id + ", which has "
                                        + new ByteSize(storage.available()).rounded() + " left")
                        .help("Make room there" + whereabouts(storage)
                                + ", or name another with template_storage:. What is there: pveam list " + id));
            }
        });
        return found;
    }

    private static void count(Preflight preflight, String storage, String file, SortedMap<String, Integer> missing) {
        boolean there = preflight.facts().templates().stream()
                .anyMatch(template -> template.file().equals(file) && storage.equals(template.storage()));
        if (!there) {
            missing.merge(storage, 1, Integer::sum);
        }
    }

    private static String whereabouts(Storage storage) {
        @Nullable String path = storage.path();
        return path == null ? "" : " (" + path + ")";
    }
}
