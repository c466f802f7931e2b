package dev.tengil.resource.image;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import dev.tengil.resource.ImagePin;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code tengil.lock} holds: the digest of every image that was ever resolved, so that another machine gets the same. One line
 * each, {@code REFERENCE DIGEST [TAG]}, sorted: a change of one image is a change of one line. The tag is there where an update went on to
 * another one than the file names.
 */
public final class ImageLock {
    private static final String HEADER = "# Digests of the images in tengil.yml. Keep this file beside it.\n";

    private ImageLock() {}

    /** Digests by reference; a line that is none is an error with its number. */
    public static SortedMap<ImageReference, ImagePin> read(String text, Diagnostics diagnostics) {
        SortedMap<ImageReference, ImagePin> digests = new TreeMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String trimmed = line.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            String[] parts = trimmed.split("\\s+", -1);
            Parsed<ImageReference> reference = ImageReference.parse(parts[0]);
            boolean tag = parts.length < 3 || (parts.length == 3 && parts[2].matches("\\w[\\w.-]{0,127}"));
            if (parts.length >= 2
                    && tag
                    && parts[1].matches("sha256:[0-9a-f]{64}")
                    && reference instanceof Parsed.Ok<ImageReference>(ImageReference image)) {
                digests.put(image, new ImagePin(parts.length < 3 ? null : parts[2], parts[1]));
            } else {
                diagnostics.add(Diagnostic.error(
                                "lock.unreadable", "line " + number + " of tengil.lock is not readable")
                        .help("A line is: REFERENCE sha256:DIGEST [TAG]. Delete it to have the image resolved again."));
            }
        }
        return digests;
    }

    /** The text of the file. */
    public static String write(SortedMap<ImageReference, ImagePin> digests) {
        StringBuilder text = new StringBuilder(HEADER);
        digests.forEach((reference, pin) -> text.append(reference)
                .append(' ')
                .append(pin.digest())
                .append(pin.tag() == null ? "" : " " + pin.tag())
                .append('\n'));
        return text.toString();
    }
}
