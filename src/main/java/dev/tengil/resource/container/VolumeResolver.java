package dev.tengil.resource.container;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.Need;
import dev.tengil.resource.Place;
import dev.tengil.resource.Writers;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns volumes of every form into mounts, and into needs for the datasets and directories that they bind. */
final class VolumeResolver {
    private final Scope scope;
    private final @Nullable ImageReference image;
    private final IdMode ids;
    private final MountTable table;

    /**
     * @param image what it is made from; null for a template, or nothing
     */
    VolumeResolver(Scope scope, @Nullable ImageReference image, IdMode ids) {
        this.scope = scope;
        this.image = image;
        this.ids = ids;
        this.table = new MountTable(scope, ids);
    }

    void resolve() {
        List<Located<VolumeSpec>> volumes = new ArrayList<>(scope.asked.list(ContainerKeys.VOLUMES));
        volumes.addAll(scope.asked.list(OldContainerKeys.MOUNTS));
        for (Declaration declaration : scope.asked.all()) {
            Located<HostPath> mount = declaration.fields().get(ContainerKeys.MOUNT);
            if (mount != null) {
                primary(declaration, mount, volumes);
            }
        }
        DeclaredVolumes.add(scope, image, volumes);
        volumes.forEach(this::volume);
        table.refuseNesting();
        volumes.forEach(volume -> table.children(volume.value(), volume.span()));
    }

    MountTable table() {
        return table;
    }

    private void primary(Declaration declaration, Located<HostPath> mount, List<Located<VolumeSpec>> volumes) {
        Place place =
                declaration.dataset() == null ? null : scope.context.places().of(declaration.dataset());
        if (place == null) {
            scope.error(
                    "container.no-mountpoint",
                    declaration.dataset() == null
                            ? "mount: needs a dataset, and container " + scope.asked.name() + " stands at the top level"
                            : "the dataset " + declaration.dataset() + " has no mountpoint to mount",
                    mount.span(),
                    "Declare the container under the dataset, or write volumes: [SOURCE:TARGET].");
            return;
        }
        boolean readonly = declaration.fields().valueOr(ContainerKeys.READONLY, false);
        volumes.add(new Located<>(VolumeSpec.of(place.mountpoint().value(), mount.value(), readonly), mount.span()));
    }

    private void volume(Located<VolumeSpec> located) {
        VolumeSpec volume = located.value();
        if (Sockets.isSocket(volume)) {
            scope.warn(
                    "container.socket-volume",
                    "the volume " + volume.source() + " is left out: Proxmox has no container engine with a socket",
                    located.span(),
                    "What manages containers through a socket needs a container with requires_docker: true.");
            return;
        }
        if (volume.isNamed()) {
            named(volume, located.span());
            return;
        }
        HostPath path = volume.path();
        Place at = scope.context.places().at(path);
        Place holding = at != null ? at : scope.context.places().holding(path);
        boolean below = holding != null && !holding.dataset().isPoolRoot();
        if (at != null && (at.declared() || !at.dataset().isPoolRoot())) {
            if (at.declared() && at.owner() == null && !volume.readonly()) {
                scope.needs.add(new Need.OfOwner(scope.address, at.dataset(), ids.made(), located.span()));
            }
            table.add(volume, path, at, located.span());
        } else if (holding != null && below && holding.declared() && !volume.file()) {
            scope.needs.add(new Need.OfDirectory(
                    scope.address, path, holding.owner() == null ? ids.made() : holding.owner(), null, located.span()));
            table.add(volume, path, holding, located.span());
        } else if (holding != null
                && at == null
                && !below
                && inNamedPool(holding)
                && !scope.facts().paths().containsKey(path)) {
            implied(volume, path, holding, located.span());
        } else {
            foreign(volume, path, below ? holding : null, located.span());
        }
    }

    private void named(VolumeSpec volume, Span span) {
        String choice = "volume." + volume.source();
        String sticky = scope.chosen(choice);
        DatasetName base = base();
        if (sticky == null && base == null) {
            scope.error(
                    "container.volume-needs-dataset",
                    "the volume " + volume.source() + " needs a dataset to lie in",
                    span,
                    "Say in: POOL/DATASET, or declare the container under a dataset.");
            return;
        }
        switch (DatasetName.parse(sticky != null ? sticky : base + "/" + scope.asked.name() + "/" + volume.source())) {
            case Parsed.Ok<DatasetName>(DatasetName name) -> {
                scope.choices.put(choice, name.value());
                named(volume, name, span);
            }
            case Parsed.Bad<DatasetName>(String reason) ->
                scope.error(
                        "container.source",
                        "no dataset can be made for " + volume.source() + ": " + reason,
                        span,
                        null);
        }
    }

    private void named(VolumeSpec volume, DatasetName name, Span span) {
        HostPath path = mountpoint(name);
        if (path == null) {
            scope.error("container.no-mountpoint", "no mountpoint is known for the dataset " + name, span, null);
            return;
        }
        scope.needs.add(new Need.OfDataset(scope.address, name, volume.profile(), ids.made(), span));
        Place known = scope.context.places().of(name);
        table.add(
                volume,
                path,
                known != null ? owned(known) : new Place(name, path, false, ids.made(), Writers.NONE, false),
                span);
    }

    private Place owned(Place place) {
        return place.owner() != null
                ? place
                : new Place(
                        place.dataset(),
                        place.mountpoint(),
                        place.declared(),
                        ids.made(),
                        place.writers(),
                        place.shared());
    }

    private @Nullable DatasetName base() {
        Located<DatasetName> in = scope.asked.one(ContainerKeys.IN);
        if (in != null) {
            return in.value();
        }
        return scope.asked.all().stream()
                .map(Declaration::dataset)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Where a dataset is, or will be below the nearest one that has a mountpoint. */
    private @Nullable HostPath mountpoint(DatasetName name) {
        Place known = scope.context.places().of(name);
        if (known != null) {
            return known.mountpoint();
        }
        if (name.isPoolRoot()) {
            return null;
        }
        HostPath parent = mountpoint(name.parent());
        return parent == null ? null : parent.resolve(name.leaf());
    }

    private boolean inNamedPool(Place root) {
        return scope.context.places().all().stream()
                .anyMatch(place -> place.declared()
                        && place.dataset().pool().equals(root.dataset().pool()));
    }

    private void implied(VolumeSpec volume, HostPath path, Place root, Span span) {
        String relative = path.value().substring(root.mountpoint().value().length() + 1);
        Parsed<DatasetName> name = DatasetName.parseNew(root.dataset() + "/" + relative);
        switch (name) {
            case Parsed.Ok<DatasetName>(DatasetName dataset) -> {
                HostPath mounted = mountpoint(dataset);
                if (!path.equals(mounted)) {
                    scope.error(
                            "container.source",
                            path + " does not exist on the host"
                                    + (mounted == null
                                            ? ""
                                            : ", and a dataset " + dataset + " would be mounted at " + mounted),
                            span,
                            "A dataset above it has a mountpoint of its own.");
                    return;
                }
                scope.warn(
                        "container.implied-dataset",
                        "no dataset in the file holds " + path + ", so " + dataset + " will be made",
                        span,
                        "Declare it under pools: to choose its profile, owner and quota.");
                scope.needs.add(new Need.OfDataset(scope.address, dataset, volume.profile(), ids.made(), span));
                table.add(volume, path, new Place(dataset, path, false, ids.made(), Writers.NONE, false), span);
            }
            case Parsed.Bad<DatasetName>(String reason) ->
                scope.error("container.source", "no dataset can be made for " + path + ": " + reason, span, null);
        }
    }

    /** Somebody else's path: it must be there, and stays as it is. */
    private void foreign(VolumeSpec volume, HostPath path, @Nullable Place place, Span span) {
        Place moves = movesAway(path);
        if (moves != null) {
            scope.error(
                    "container.source",
                    path + " is in the dataset " + moves.dataset() + ", which this file mounts at "
                            + moves.mountpoint(),
                    span,
                    "Write the path that it will have there.");
            return;
        }
        PathInfo found = scope.facts().paths().get(path);
        PathInfo.Type wanted = volume.file() ? PathInfo.Type.FILE : PathInfo.Type.DIRECTORY;
        if (found == null && volume.optional()) {
            scope.notes.add(path + " does not exist, so it is left out");
            return;
        }
        if (found == null || found.type() != wanted) {
            scope.error(
                    "container.source",
                    found == null
                            ? path + " does not exist on the host"
                            : switch (found.type()) {
                                case SYMLINK -> path + " is a symbolic link, which Proxmox does not mount";
                                case FILE -> path + " is a file";
                                case DIRECTORY -> path + " is a directory, not a file";
                                case CHARACTER_DEVICE, BLOCK_DEVICE -> path + " is a device";
                                case OTHER -> path + " is neither a file nor a directory";
                            },
                    span,
                    found != null && found.type() == PathInfo.Type.FILE
                            ? "Mount a single file with {source: …, target: …, file: true}."
                            : "Only what lies in a declared dataset is made; other paths must exist.");
            return;
        }
        table.add(volume, path, place, span);
    }

    /** The dataset that holds this path now and will be mounted elsewhere; null when it stays. */
    private @Nullable Place movesAway(HostPath path) {
        return scope.facts().datasets().values().stream()
                .filter(dataset ->
                        dataset.mounted() && dataset.mountpoint() != null && path.isAtOrBelow(dataset.mountpoint()))
                .max(Comparator.comparingInt(
                        dataset -> String.valueOf(dataset.mountpoint()).length()))
                .map(dataset -> scope.context.places().of(dataset.name()))
                .filter(place -> !path.isAtOrBelow(place.mountpoint()))
                .orElse(null);
    }
}
