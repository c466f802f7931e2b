package dev.tengil.check;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.container.Container;
import dev.tengil.resource.container.PropertyString;
import dev.tengil.resource.facts.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the host's version of Proxmox cannot do yet, and the two releases that do harm. */
final class Capabilities implements Rule {
    static final String PACKAGE = "pve-container";
    static final String UPGRADE = "Upgrade the host: apt update && apt dist-upgrade";

    /** Environment, entrypoint and interfaces that the host manages. */
    static final String PROGRAM_SINCE = "6.0.15";
    /** The image's USER, and the lines that set one. */
    static final String USER_SINCE = "6.1.0";
    /** Archives of images, which are tar files without compression. */
    static final String ARCHIVE_SINCE = "9.0.15";

    @Override
    public List<Diagnostic> check(Preflight preflight) {
        Node node = preflight.facts().node();
        String version = node.versions().get(PACKAGE);
        if (version == null) {
            return List.of();
        }
        List<Diagnostic> found = new ArrayList<>();
        for (Container container : preflight.containers()) {
            chowns(container, version, preflight, found);
            if (!node.atLeast(PACKAGE, PROGRAM_SINCE)) {
                program(container, found);
            } else if (preflight.isNew(container)) {
                archive(container, node, found);
            }
            if (!node.atLeast(PACKAGE, USER_SINCE)) {
                user(container, preflight.isNew(container), found);
            }
        }
        return found;
    }

    /** Whether this is one of the two versions that do it. */
    static boolean changesOwners(String version) {
        return version.matches("6\\.0\\.19\\b.*|6\\.1\\.0\\b.*");
    }

    /** 6.0.19 and 6.1.0 gave what is mounted the owner and mode of the directory that it covers, on the host, too. */
    private static void chowns(Container container, String version, Preflight preflight, List<Diagnostic> found) {
        if (!changesOwners(version) || container.mounts().isEmpty()) {
            return;
        }
        boolean fresh = container.mounts().stream().anyMatch(mount -> !preflight.isBound(container, mount));
        BiFunction<String, String, Diagnostic> said = fresh ? Diagnostic::error : Diagnostic::warning;
        found.add(said.apply(
                        "container.mounts-change-owner",
                        PACKAGE + " " + version
                                + " changes the owner of directories that are mounted into containers, and "
                                + container.name() + " has such mounts")
                .at(container.span())
                .help(UPGRADE + " (this was put right in " + PACKAGE + " 6.1.1)"));
    }

    private static void program(Container container, List<Diagnostic> found) {
        String key = !container.env().isEmpty()
                ? "env:"
                : container.options().containsKey("entrypoint")
                        ? "entrypoint: or command:"
                        : managed(container.net()) ? "host_managed:" : null;
        if (key != null) {
            found.add(
                    Diagnostic.error(
                                    "container.program-too-old",
                                    "this Proxmox does not know " + key + " of container " + container.name())
                            .at(container.span())
                            .help(
                                    "It needs " + PACKAGE + " " + PROGRAM_SINCE
                                            + " (Proxmox VE 9.1). Upgrade the host, or set it inside the container, with post_install: for example."));
        }
    }

    private static boolean managed(@Nullable PropertyString net) {
        return net != null && "1".equals(net.get("host-managed"));
    }

    private static void archive(Container container, Node node, List<Diagnostic> found) {
        if (container.origin() instanceof Container.Origin.Image
                && node.versions().containsKey("libpve-storage-perl")
                && !node.atLeast("libpve-storage-perl", ARCHIVE_SINCE)) {
            found.add(Diagnostic.error(
                            "container.archive-too-old",
                            "this Proxmox cannot read the archive of the image of container " + container.name())
                    .at(container.span())
                    .help("It needs libpve-storage-perl " + ARCHIVE_SINCE + ". " + UPGRADE));
        }
    }

    private static void user(Container container, boolean isNew, List<Diagnostic> found) {
        if (container.raw().containsKey("lxc.init.uid")) {
            found.add(Diagnostic.error(
                            "container.user-too-old",
                            "this Proxmox does not know user: of container " + container.name()
                                    + ", its program would run as root")
                    .at(container.span())
                    .help("It needs " + PACKAGE + " " + USER_SINCE + ". " + UPGRADE));
            return;
        }
        String user = container.choices().get("image_user");
        if (isNew && user != null && !user.matches("(root|0)?(:.*)?")) {
            found.add(Diagnostic.warning(
                            "container.user-too-old",
                            "the image of container " + container.name() + " wants to run as " + user
                                    + ", and this Proxmox runs it as root of the container")
                    .at(container.span())
                    .help("Before " + PACKAGE + " " + USER_SINCE + " the USER of an image is ignored. " + UPGRADE));
        }
    }
}
