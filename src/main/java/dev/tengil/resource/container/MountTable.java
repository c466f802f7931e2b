package dev.tengil.resource.container;

import dev.tengil.model.HostPath;
import dev.tengil.model.Span;
import dev.tengil.resource.Need;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Place;
import dev.tengil.resource.facts.PathInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mounts of one container by their target, each checked against the others. */
final class MountTable {
    private static final int EVERYBODY_MAY_PASS = 0001;

    private final Scope scope;
    private final IdMode ids;
    private final SortedMap<HostPath, Mount> mounts = new TreeMap<>();
    private final Map<HostPath, Span> spans = new HashMap<>();
    private final SortedMap<String, String> files = new TreeMap<>();

    MountTable(Scope scope, IdMode ids) {
        this.scope = scope;
        this.ids = ids;
    }

    /** Parents before what lies below them: a path sorts before its children. */
    List<Mount> mounts() {
        return List.copyOf(mounts.values());
    }

    /** Raw entries of single files, by target. */
    SortedMap<String, String> files() {
        return files;
    }

    void add(VolumeSpec volume, HostPath source, @Nullable Place place, Span span) {
        HostPath target = volume.target();
        if (volume.file()) {
            reachable(source, span);
            files.put(
                    target.value(),
                    fstab(source.value()) + " " + fstab(target.value().substring(1)) + " none bind,create=file"
                            + (volume.readonly() ? ",ro" : "") + " 0 0");
            return;
        }
        if (MountTarget.splits(source)) {
            refuseSplit(source, span);
            return;
        }
        Mount mount = new Mount(target, source, volume.readonly(), ids.idmap(place, volume.idmap()), place);
        Mount before = mounts.putIfAbsent(target, mount);
        if (before != null && !before.equals(mount)) {
            scope.error(
                    "container.target-twice",
                    "two volumes of container " + scope.asked.name() + " have the target " + target,
                    span,
                    "Give one of them another target.");
            return;
        }
        spans.put(target, span);
        if (!volume.readonly() && place != null && volume.idmap() == null && ids.unknown() != null) {
            scope.error(
                    "container.user-unknown",
                    "the image of " + scope.asked.name() + " runs as \"" + ids.unknown()
                            + "\", and which number that is stands only inside the image" + ids.why(),
                    span,
                    "Say it with user: UID:GID. On a machine with docker: docker run --rm --entrypoint id IMAGE");
        }
        if (!volume.readonly() && place != null && !ids.writes(place)) {
            scope.warn(
                    "container.cannot-write",
                    "container " + scope.asked.name() + " runs as " + ids.writer() + " and cannot write to " + source
                            + ", which belongs to " + place.owner(),
                    span,
                    ids.advice());
        }
    }

    /** LXC binds a single file with the rights of the container's root, who on the host may only pass where everybody may. */
    private void reachable(HostPath source, Span span) {
        for (HostPath above = source.parent(); !above.value().equals("/"); above = above.parent()) {
            PathInfo info = scope.facts().paths().get(above);
            boolean own = info != null && info.uid() == Owner.UNPRIVILEGED_OFFSET;
            if (info != null && !own && info.acl().isEmpty() && (info.mode() & EVERYBODY_MAY_PASS) == 0 && !ids.raw()) {
                scope.warn(
                        "container.file-out-of-reach",
                        "container " + scope.asked.name() + " cannot start with the file " + source
                                + ": nobody but its owner may pass through " + above,
                        span,
                        "Let everybody pass, who still cannot list it: chmod o+x " + above
                                + ". Or mount the directory that holds the file.");
                return;
            }
        }
    }

    void refuseNesting() {
        for (Mount inner : mounts.values()) {
            for (Mount outer : mounts.values()) {
                if (inner.target().isBelow(outer.target()) && !follows(inner, outer)) {
                    scope.error(
                            "container.target-nested",
                            "the target " + inner.target() + " lies inside the target " + outer.target(),
                            spans.get(inner.target()),
                            "A mount hides what lies below it. Choose targets beside each other.");
                }
            }
        }
    }

    /** Whether the inner mount shows what would be seen there anyway. */
    private static boolean follows(Mount inner, Mount outer) {
        String relative =
                inner.target().value().substring(outer.target().value().length());
        return inner.source().value().equals(outer.source().value() + relative);
    }

    /** Bind mounts are not recursive: declared datasets below a source get their own. */
    void children(VolumeSpec volume, Span span) {
        Mount parent = mounts.get(volume.target());
        if (parent == null || !volume.children() || volume.isNamed()) {
            return;
        }
        for (Place child : scope.context.places().declaredBelow(parent.source())) {
            String relative =
                    child.mountpoint().value().substring(parent.source().value().length());
            HostPath target = HostPath.of(volume.target().value() + relative);
            if (MountTarget.splits(child.mountpoint())) {
                refuseSplit(child.mountpoint(), span);
                continue;
            }
            mounts.putIfAbsent(
                    target,
                    new Mount(target, child.mountpoint(), volume.readonly(), ids.idmap(child, volume.idmap()), child));
            if (child.owner() == null && !volume.readonly()) {
                scope.needs.add(new Need.OfOwner(scope.address, child.dataset(), ids.made(), span));
            }
        }
    }

    private void refuseSplit(HostPath source, Span span) {
        scope.error(
                "container.source",
                "Proxmox cannot mount " + source + ": there is a comma or an equals sign in the path",
                span,
                "Give the dataset a mountpoint without that.");
    }

    private static String fstab(String path) {
        return path.replace("\\", "\\134").replace(" ", "\\040");
    }
}
