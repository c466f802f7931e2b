package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;

/** Where a container sees what is mounted into it: the one check for every key and spelling that names such a place. */
public final class MountTarget {
    private static final List<HostPath> NEEDED =
            List.of(HostPath.of("/proc"), HostPath.of("/sys"), HostPath.of("/dev"));

    private MountTarget() {}

    /** The target as a key's value. */
    public static Shape.Scalar<HostPath> shape() {
        return Scalars.path(MountTarget::check);
    }

    /** Reads the target out of a longer text. */
    static Parsed<HostPath> parse(String text) {
        return HostPath.parseNew(text).then(MountTarget::check);
    }

    /** The path, if something can be mounted there. */
    public static Parsed<HostPath> check(HostPath target) {
        if (target.value().indexOf(',') >= 0) {
            return Parsed.bad("Proxmox cannot mount a path with a comma");
        }
        if (target.value().equals("/")) {
            return Parsed.bad("nothing can be mounted at /; that is the root disk");
        }
        return NEEDED.stream().anyMatch(target::isAtOrBelow)
                ? Parsed.bad("nothing can be mounted at " + target + "; the container needs it itself")
                : Parsed.ok(target);
    }

    /** The path of the host's side, unless Proxmox would take it for something else. */
    static Parsed<HostPath> unsplit(HostPath path) {
        return splits(path)
                ? Parsed.bad("Proxmox cannot mount a path with a comma or an equals sign")
                : Parsed.ok(path);
    }

    /**
     * Whether Proxmox would read it as more than one item, or as a key: mount points are written as {@code source,mp=target,…}, without
     * escapes (pve-common JSONSchema.pm, parse_property_string).
     */
    static boolean splits(HostPath path) {
        return path.value().indexOf(',') >= 0 || path.value().indexOf('=') >= 0;
    }
}
