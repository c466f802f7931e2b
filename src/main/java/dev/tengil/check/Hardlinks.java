package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Place;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sonarr and its kin hardlink a finished download into the library instead of copying it. The kernel refuses that between two datasets,
 * and also between two mounts of one.
 */
final class Hardlinks implements Rule {
    private static final Pattern ARR = Pattern.compile("(son|rad|lid|read|whis)arr");
    private static final Pattern DOWNLOADS = Pattern.compile("download|torrent|usenet|nzb|seed|incoming|complete");
    private static final Pattern LIBRARY = Pattern.compile(
            "media|movie|film|video|series|serien|shows?\\b|\\btv|anime|music|musik|audio|books?\\b|librar");

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        List<Diagnostic> found = new ArrayList<>();
        for (Container container : preflight.containers()) {
            if (!ARR.matcher(names(container)).find()) {
                continue;
            }
            Mount downloads = mount(container, DOWNLOADS, null);
            Mount library = mount(container, LIBRARY, downloads);
            if (downloads != null && library != null) {
                found.add(diagnostic(container, downloads, library));
            }
        }
        return found;
    }

    private static Diagnostic diagnostic(Container container, Mount downloads, Mount library) {
        DatasetName from = dataset(downloads);
        boolean one = from != null && from.equals(dataset(library));
        return Diagnostic.warning(
                        "container.no-hardlinks",
                        container.name() + " cannot hardlink from " + downloads.target() + " to " + library.target()
                                + ": "
                                + (one
                                        ? "they are two mounts, though of one dataset"
                                        : "they lie on different datasets"))
                .at(container.span())
                .help(
                        "So every import is copied and takes the space twice. Keep both as directories of one dataset (data/downloads and data/media), and mount that dataset once, for example at /data.");
    }

    private static @Nullable DatasetName dataset(Mount mount) {
        Place place = mount.place();
        return place == null ? null : place.dataset();
    }

    private static @Nullable Mount mount(Container container, Pattern what, @Nullable Mount except) {
        return container.mounts().stream()
                .filter(mount -> !mount.readonly() && !Objects.equals(mount, except))
                .filter(mount -> what.matcher(mount.target().value().toLowerCase(Locale.ROOT))
                        .find())
                .findFirst()
                .orElse(null);
    }

    private static String names(Container container) {
        String image = container.origin() instanceof Container.Origin.Image made
                ? made.reference().repository()
                : "";
        return (container.name() + " " + container.hostname() + " " + image).toLowerCase(Locale.ROOT);
    }
}
