package dev.tengil.check;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Place;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.Mount;
import dev.tengil.resource.dataset.DatasetKind;
import dev.tengil.resource.dataset.DatasetResource;
import dev.tengil.resource.directory.Directory;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Storage;
import dev.tengil.resource.nfs.NfsExport;
import dev.tengil.resource.smb.SmbShare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in the file needs a dataset to be there and to work.
 *
 * @param dataset which
 * @param who for a sentence: {@code container web}
 * @param fresh whether the plan makes, binds or publishes it; false for what is like that already
 * @param writes whether it writes there
 * @param opens whether its files must be seen, for which the dataset must be mounted
 */
record Use(
        DatasetName dataset,
        String who,
        boolean fresh,
        boolean writes,
        boolean opens,
        @Nullable Span span) {

    /** All of them, in the order of addresses. */
    static List<Use> all(Preflight preflight) {
        List<Use> uses = new ArrayList<>();
        preflight.of(DatasetResource.class).forEach(dataset -> uses.add(of(dataset, preflight)));
        for (Directory directory : preflight.of(Directory.class)) {
            HostPath path = directory.path();
            boolean missing = !preflight.facts().paths().containsKey(path);
            uses.add(new Use(directory.dataset(), "the directory " + path, missing, missing, true, directory.span()));
        }
        preflight.containers().forEach(container -> add(container, preflight, uses));
        for (SmbShare share : preflight.of(SmbShare.class)) {
            boolean fresh = preflight.applied().get(share.address()) == null;
            add(share.place(), "the share " + share.name(), fresh, share.span(), uses);
        }
        for (NfsExport export : preflight.of(NfsExport.class)) {
            boolean fresh = preflight.applied().get(export.address()) == null;
            add(export.place(), "the export of " + export.path(), fresh, export.span(), uses);
        }
        return uses;
    }

    /** One that exists is written to only when it is taken over; one that somebody else made and a volume uses is left alone. */
    private static Use of(DatasetResource wanted, Preflight preflight) {
        Dataset found = preflight.facts().datasets().get(wanted.name());
        boolean fresh = found == null || (found.local(DatasetKind.MARK) == null && !wanted.implied());
        return new Use(wanted.name(), "dataset " + wanted.name(), fresh, fresh, false, wanted.span());
    }

    private static void add(Container container, Preflight preflight, List<Use> uses) {
        String who = "container " + container.name();
        Container.Root root = container.root();
        if (root != null && preflight.isNew(container)) {
            Storage storage = preflight.facts().storages().get(root.storage());
            String pool = storage == null ? null : storage.pool();
            if (pool != null && DatasetName.parse(pool) instanceof Parsed.Ok<DatasetName>(DatasetName within)) {
                DatasetName disk = within.child("subvol-" + container.vmid() + "-disk-0");
                uses.add(new Use(disk, who, true, true, false, container.span()));
            }
        }
        for (Mount mount : container.mounts()) {
            Place place = mount.place();
            if (place != null) {
                boolean fresh = !preflight.isBound(container, mount);
                uses.add(new Use(place.dataset(), who, fresh, !mount.readonly(), true, container.span()));
            }
        }
    }

    private static void add(@Nullable Place place, String who, boolean fresh, @Nullable Span span, List<Use> uses) {
        if (place != null) {
            uses.add(new Use(place.dataset(), who, fresh, false, true, span));
        }
    }
}
