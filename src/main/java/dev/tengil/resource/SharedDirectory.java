package dev.tengil.resource;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.model.Located;
import dev.tengil.model.Span;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.PathInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a share publishes: a dataset's mountpoint, a directory inside one, or another directory that exists.
 *
 * @param path what is published
 * @param place the dataset that holds it; null on the root file system
 * @param owner ids on disk, as far as they can be known before it is made
 * @param dependsOn what makes it
 * @param needs what must be made first and nobody declared
 */
public record SharedDirectory(
        HostPath path, @Nullable Place place, Owner owner, Set<Address> dependsOn, List<Need> needs) {
    /** Publishing any of these, or what lies below, would give away the host itself. */
    private static final List<String> SYSTEM = List.of(
            "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/root", "/run", "/sbin",
            "/sys", "/usr", "/var");

    /** Below these people keep data, but they are not data themselves. */
    private static final Set<String> ROOTS = Set.of("/", "/home", "/media", "/mnt", "/opt", "/srv", "/tmp");

    public SharedDirectory {
        dependsOn = Set.copyOf(dependsOn);
        needs = List.copyOf(needs);
    }

    /**
     * Finds the directory; null when it is refused, which the diagnostics then say.
     *
     * @param by the share
     * @param dataset the dataset under which the share is declared
     * @param path what the file says instead of the dataset's mountpoint
     * @param writable whether people write there, so that a directory made for it is writable for the group
     */
    public static @Nullable SharedDirectory find(
            Address by,
            @Nullable DatasetName dataset,
            @Nullable Located<HostPath> path,
            Span span,
            boolean writable,
            ResolveContext context) {
        if (path == null) {
            Place place = dataset == null ? null : context.places().of(dataset);
            if (place == null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "share.no-mountpoint",
                                        dataset == null
                                                ? "this share has no directory"
                                                : "dataset " + dataset
                                                        + " has no mountpoint that a share could publish")
                                .at(span)
                                .help("Give the dataset a mountpoint, or the share a path."));
                return null;
            }
            return inside(by, place, place.mountpoint(), span, writable, context);
        }
        String refusal = refusal(path.value());
        if (refusal != null) {
            context.diagnostics()
                    .add(Diagnostic.error("share.reserved-path", refusal)
                            .at(path.span())
                            .help("Share a dataset, or a directory that holds nothing but data."));
            return null;
        }
        Place place = context.places().holding(path.value());
        if (place != null && place.declared()) {
            return inside(by, place, path.value(), path.span(), writable, context);
        }
        return existing(place, path, context);
    }

    private static SharedDirectory inside(
            Address by, Place place, HostPath path, Span span, boolean writable, ResolveContext context) {
        Owner owner = owner(place, path, context);
        if (path.equals(place.mountpoint())) {
            return new SharedDirectory(path, place, owner, Set.of(place.address()), List.of());
        }
        Need directory = new Need.OfDirectory(by, path, owner, writable ? Sharing.WRITABLE_MODE : null, span);
        return new SharedDirectory(
                path,
                place,
                owner,
                Set.of(place.address(), new Address("directory", path.value())),
                List.of(directory));
    }

    /** Somebody else's directory: published as it is. */
    private static @Nullable SharedDirectory existing(
            @Nullable Place place, Located<HostPath> path, ResolveContext context) {
        PathInfo found = context.facts().paths().get(path.value());
        if (found == null || found.type() != PathInfo.Type.DIRECTORY) {
            boolean link = found != null && found.type() == PathInfo.Type.SYMLINK;
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "share.no-directory",
                                    path.value()
                                            + (found == null
                                                    ? " does not exist on the host, and no dataset in the file holds it"
                                                    : link
                                                            ? " is a symbolic link; it could be turned to anywhere"
                                                            : " is not a directory"))
                            .at(path.span())
                            .help("Declare the dataset that holds it, or make the directory first."));
            return null;
        }
        return new SharedDirectory(path.value(), place, new Owner(found.uid(), found.gid()), Set.of(), List.of());
    }

    /** Ids on disk of a directory in a dataset: the file's, else those that stand there, else those it is made with. */
    public static Owner owner(Place place, HostPath path, ResolveContext context) {
        PathInfo found = context.facts().paths().get(path);
        Dataset dataset = context.facts().datasets().get(place.dataset());
        HostPath mounted = dataset == null ? null : dataset.mountpoint();
        if (found == null && mounted != null) {
            // The file may move it elsewhere; its top directory comes along.
            found = context.facts().paths().get(mounted);
        }
        Owner asked = place.owner();
        if (asked != null) {
            return asked;
        }
        return found == null ? Owner.ROOT : new Owner(found.uid(), found.gid());
    }

    private static @Nullable String refusal(HostPath path) {
        for (String system : SYSTEM) {
            if (path.isAtOrBelow(HostPath.of(system))) {
                return path + " belongs to the host's own system and is not shared";
            }
        }
        if (ROOTS.contains(path.value())) {
            return path + " is not shared as a whole";
        }
        boolean guestDisk = List.of(path.value().split("/", -1)).stream()
                .anyMatch(part -> part.matches("(subvol|basevol)-\\d+-.*"));
        return guestDisk ? path + " is the disk of a container and is not shared" : null;
    }
}
