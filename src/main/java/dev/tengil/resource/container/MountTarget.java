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
        if (splits(target)) {
            return unsplit(target);
        }
        if (target.value().equals("/")) {
            return Parsed.bad("nothing can be mounted at /; that is the root disk");
        }
        return NEEDED.stream().anyMatch(target::isAtOrBelow)
                ? Parsed.bad("nothing can be mounted at " + target + "; the container needs it itself")
                : Parsed.ok(target);
    }

    /** The path of either side, unless it has a comma. */
    static Parsed<HostPath> unsplit(HostPath path) {
        return splits(path) ? Parsed.bad("Proxmox cannot mount a path with a comma") : Parsed.ok(path);
    }

    /** Whether Proxmox would read more than one item: mount points are written as {@code source,mp=target,…}, without escapes. */
    static boolean splits(HostPath path) {
        return path.value().indexOf(',') >= 0;
    }
}
