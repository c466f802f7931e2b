package dev.tengil.oci;

import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;

/**
 * Another registry that keeps copies.
 *
 * @param host host and optional port
 * @param prefix path under which it keeps them, with a slash behind it, or empty: Harbor has a project for each registry it copies
 */
public record Mirror(String host, String prefix) {

    /** Reads {@code host[:port][/path]}. */
    public static Parsed<Mirror> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return ImageReference.registry(text).map(host -> new Mirror(host, ""));
        }
        String path = text.substring(slash + 1);
        return ImageReference.registry(text.substring(0, slash))
                .then(host -> ImageReference.parse("localhost/" + path)
                        .then(image -> image.repository().equals(path)
                                ? Parsed.ok(new Mirror(host, path + "/"))
                                : Parsed.bad("\"" + path + "\" is no path of a registry")));
    }
}
