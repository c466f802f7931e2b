package dev.tengil.oci.image;

import dev.tengil.model.Parsed;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Picks from an index the image for a platform. */
public final class PlatformChoice {

    private PlatformChoice() {}

    /** The image for it; the reason of a refusal names the platforms that there are. */
    public static Parsed<Descriptor> from(Manifest.Index index, Platform wanted) {
        // A variant such as amd64/v3 may need a newer processor, so what names none comes first.
        List<Descriptor> fitting = index.images().stream()
                .filter(each -> each.platform() != null && wanted.runs(each.platform()))
                .sorted(Comparator.comparing(PlatformChoice::variant))
                .toList();
        for (Descriptor each : fitting) {
            if (each.platform() != null && each.platform().equals(wanted)) {
                return Parsed.ok(each);
            }
        }
        return fitting.isEmpty() ? Parsed.bad(present(index)) : Parsed.ok(fitting.getFirst());
    }

    private static String variant(Descriptor image) {
        Platform platform = image.platform();
        return platform == null || platform.variant() == null ? "" : platform.variant();
    }

    private static String present(Manifest.Index index) {
        TreeSet<String> names = new TreeSet<>();
        index.images().forEach(each -> names.add(String.valueOf(each.platform())));
        names.remove("null");
        return names.isEmpty() ? "it names no platform at all" : "it exists for " + String.join(", ", names);
    }
}
