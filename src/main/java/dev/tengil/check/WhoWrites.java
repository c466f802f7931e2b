package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Place;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Mount;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands on disk already is never given to anybody else; so a container that is not let in must be told of. */
final class WhoWrites implements Rule {

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        Set<DatasetName> enforced = new HashSet<>();
        for (DatasetResource dataset : preflight.of(DatasetResource.class)) {
            if (dataset.ownerEnforced()) {
                enforced.add(dataset.name());
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        for (Container container : preflight.containers()) {
            if (mapsOnItsOwn(preflight.conf(container))) {
                continue;
            }
            for (Mount mount : container.mounts()) {
                PathInfo there = preflight.facts().paths().get(mount.source());
                if (there != null
                        && !mount.readonly()
                        && isSeen(mount, preflight)
                        && !willBeChanged(mount, there, enforced)) {
                    VisibleIds ids = VisibleIds.of(container, mount);
                    if (!ids.canWrite(there)) {
                        found.add(diagnostic(container, mount, there));
                    }
                }
            }
        }
        return found;
    }

    private static boolean mapsOnItsOwn(@Nullable GuestConf conf) {
        return conf != null && conf.raw().stream().anyMatch(line -> line.key().equals("lxc.idmap"));
    }

    /** What was looked at is the dataset itself, not the directory that it covers once it is mounted. */
    private static boolean isSeen(Mount mount, Preflight preflight) {
        Place place = mount.place();
        Dataset found = place == null ? null : preflight.facts().datasets().get(place.dataset());
        return place == null || (found != null && found.mounted());
    }

    /** The owner that the file says is the kind's concern when it is right, and made right when it is enforced. */
    private static boolean willBeChanged(Mount mount, PathInfo there, Set<DatasetName> enforced) {
        Place place = mount.place();
        if (place == null || !place.mountpoint().equals(mount.source())) {
            return false;
        }
        return enforced.contains(place.dataset()) || new Owner(there.uid(), there.gid()).equals(place.owner());
    }

    private static Diagnostic diagnostic(Container container, Mount mount, PathInfo there) {
        String owner = there.uid() + ":" + there.gid();
        return Diagnostic.warning(
                        "container.cannot-write",
                        "container " + container.name() + " cannot write to " + mount.source() + ", which belongs to "
                                + owner + " (mode " + String.format(Locale.ROOT, "%o", there.mode())
                                + "), ids that it does not have")
                .at(container.span())
                .help(cure(container, mount, there));
    }

    /** Root is never let through, and without idmaps nobody is. */
    private static String cure(Container container, Mount mount, PathInfo there) {
        Place place = mount.place();
        String owner = there.uid() + ":" + there.gid();
        boolean idmap = "idmap".equals(container.choices().get("id_mode")) && there.uid() > 0;
        String let = !idmap
                ? "On the host, give it to the container's root: chown " + Owner.CONTAINER_ROOT + " " + mount.source()
                : place != null && place.declared() && place.mountpoint().equals(mount.source())
                        ? "Say owner: " + owner + " on the dataset " + place.dataset()
                                + ": then the mount lets these ids through"
                        : "Let these ids through, with idmap: u:" + there.uid() + ":" + there.uid() + ":1;g:"
                                + there.gid() + ":" + there.gid() + ":1 on the volume";
        return let + ". If it only reads, mount it with :ro.";
    }
}
