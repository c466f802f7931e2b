package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.pve.schema.Format;
import java.util.List;
import java.util.Map;

/**
 * A storage of {@code storage.cfg}.
 *
 * @param type for example {@code dir} or {@code zfspool}
 * @param properties its lines, in the order of the file; flags as 1
 */
public record Storage(String type, String id, Map<String, String> properties) {

    public boolean isZfs() {
        return type.equals("zfspool");
    }

    /** Whether files can stand on it. */
    public boolean hasPath() {
        return properties.containsKey("path");
    }

    public String path() {
        return properties.getOrDefault("path", "");
    }

    /** The pool or dataset that volumes of a zfspool stand in. */
    public String pool() {
        return properties.getOrDefault("pool", "");
    }

    public boolean isEnabled() {
        return !properties.getOrDefault("disable", "0").equals("1");
    }

    /** What may stand on it; without a content line what its type allows by default. */
    public List<String> content() {
        String listed = properties.get("content");
        return Format.split(listed == null ? "images,rootdir" : listed);
    }

    /** The directory of the templates. */
    public String templates() {
        return path() + "/template/cache";
    }
}
