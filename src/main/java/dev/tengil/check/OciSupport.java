package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.facts.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that containers from images need of the host's Proxmox. The versions stand in the changelogs of its packages.
 *
 * @param name a word for it
 * @param what it is good for
 * @param pack the package that brings it
 * @param since the first version that does
 * @param installed the version that is there; null for none
 * @param supported whether that is new enough
 * @param without what happens without it
 * @param needed whether no container can be made from an image without it
 */
public record OciSupport(
        String name,
        String what,
        String pack,
        String since,
        @Nullable String installed,
        boolean supported,
        String without,
        boolean needed) {

    private static final String STORAGE = "libpve-storage-perl";
    /** The first pull neither took a file name nor kept from overwriting. */
    private static final String PULL_SINCE = "9.0.18";

    private static final String IDMAP_SINCE = "6.1.6";
    private static final String SHM_SINCE = "6.1.10";

    /** All of them, the indispensable first. */
    public static List<OciSupport> of(Node node) {
        String container = Capabilities.PACKAGE;
        return List.of(
                one(
                        node,
                        "import",
                        "containers are made from images",
                        container,
                        Capabilities.PROGRAM_SINCE,
                        true,
                        "No container can be made from an image; a template can stand in, with fallback: lxc."),
                one(
                        node,
                        "archives",
                        "archives of images on storages",
                        STORAGE,
                        Capabilities.ARCHIVE_SINCE,
                        true,
                        "Proxmox does not see the archive of an image."),
                one(
                        node,
                        "pull API",
                        "Proxmox pulls images itself",
                        STORAGE,
                        PULL_SINCE,
                        false,
                        "Nothing is lost: tengil pulls with skopeo, by digest."),
                one(
                        node,
                        "env",
                        "variables of the program",
                        container,
                        Capabilities.PROGRAM_SINCE,
                        false,
                        "env: is refused."),
                one(
                        node,
                        "entrypoint",
                        "another program or arguments",
                        container,
                        Capabilities.PROGRAM_SINCE,
                        false,
                        "entrypoint: and command: are refused."),
                one(
                        node,
                        "network",
                        "host-managed: the host gives the address",
                        container,
                        Capabilities.PROGRAM_SINCE,
                        false,
                        "Images without a network program of their own get no address."),
                one(
                        node,
                        "user",
                        "the program runs as the image's USER",
                        container,
                        Capabilities.USER_SINCE,
                        false,
                        "Programs run as the container's root, and user: is refused."),
                one(
                        node,
                        "idmap",
                        "a mount shows ids as they are on disk",
                        container,
                        IDMAP_SINCE,
                        false,
                        "Files on disk belong to 100000 + id."),
                one(
                        node,
                        "/dev/shm",
                        "shared memory for programs",
                        container,
                        SHM_SINCE,
                        false,
                        "Databases and browsers may fail for want of shared memory."));
    }

    private static OciSupport one(
            Node node, String name, String what, String pack, String since, boolean needed, String without) {
        return new OciSupport(
                name, what, pack, since, node.versions().get(pack), node.atLeast(pack, since), without, needed);
    }

    /** A warning of the two versions that do harm, if the host has one. */
    public static Optional<Diagnostic> harm(Node node) {
        String version = node.versions().get(Capabilities.PACKAGE);
        return version == null || !Capabilities.changesOwners(version)
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                                "container.mounts-change-owner",
                                Capabilities.PACKAGE + " " + version
                                        + " changes the owner of directories that are mounted into containers")
                        .help(Capabilities.UPGRADE + " (this was put right in " + Capabilities.PACKAGE + " 6.1.1)"));
    }
}
