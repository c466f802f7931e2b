package dev.tengil.resource.dataset;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.facts.PathInfo;

/** A dataset mounted over files hides them: nobody sees them again until it is unmounted. */
final class MountPlace {

    private MountPlace() {}

    /** Whether something stands already where the dataset is to be mounted; says so. */
    static boolean refused(DatasetResource wanted, PlanContext context) {
        HostPath path = wanted.path();
        // A reserved place was refused as such.
        PathInfo there = path == null || wanted.container() || ReservedNames.mountpoint(path) != null
                ? null
                : context.facts().paths().get(path);
        if (there == null || (there.type() == PathInfo.Type.DIRECTORY && !there.occupied())) {
            return false;
        }
        boolean directory = there.type() == PathInfo.Type.DIRECTORY;
        context.diagnostics()
                .add(Diagnostic.error(
                                "dataset.place-taken",
                                directory
                                        ? path + " is a directory with something in it, and " + wanted.name()
                                                + " mounted there would hide it"
                                        : path + " exists and is no directory, so " + wanted.name()
                                                + " cannot be mounted there")
                        .at(wanted.span())
                        .help("Move it out of the way first, for example: mv " + path + " " + path + ".old"));
        return true;
    }
}
