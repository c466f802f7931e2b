package dev.tengil.resource.dataset;

import dev.tengil.model.DatasetName;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and places that belong to the system or to Proxmox. */
final class ReservedNames {

    private static final List<String> DATASETS = List.of("rpool/ROOT", "rpool/data", "rpool/var-lib-vz");
    private static final Pattern GUEST_DISK = Pattern.compile("(vm|base|subvol|basevol)-\\d+-.*");
    private static final List<String> PLACES = List.of(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/lib",
            "/lib64",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/sys",
            "/tmp",
            "/usr",
            "/var/lib/dpkg",
            "/var/lib/lxc",
            "/var/lib/lxcfs",
            "/var/lib/pve-cluster",
            "/var/lib/pve-manager",
            "/var/lib/samba",
            "/var/lib/tengil",
            "/var/lib/vz");
    private static final List<String> EXACT =
            List.of("/", "/var", "/var/lib", "/var/log", "/home", "/srv", "/mnt", "/opt", "/media");

    private ReservedNames() {}

    static @Nullable Diagnostic refusal(DatasetName name) {
        if (name.isPoolRoot()) {
            return Diagnostic.error("dataset.pool-root", "\"" + name + "\" is a pool; tengil does not change pools")
                    .help("Declare datasets below it.");
        }
        for (String reserved : DATASETS) {
            if (name.value().equals(reserved) || name.value().startsWith(reserved + "/")) {
                return Diagnostic.error("dataset.reserved-name", name + " belongs to Proxmox itself")
                        .help("Use another place, for example " + name.pool() + "/tengil/" + name.leaf() + ".");
            }
        }
        for (String part : name.value().split("/", -1)) {
            if (GUEST_DISK.matcher(part).matches()) {
                return Diagnostic.error(
                                "dataset.reserved-name", "\"" + part + "\" is how Proxmox names the disk of a guest")
                        .help("Use another name.");
            }
        }
        return null;
    }

    static @Nullable Diagnostic mountpoint(HostPath path) {
        boolean reserved =
                EXACT.contains(path.value()) || PLACES.stream().anyMatch(place -> path.isAtOrBelow(HostPath.of(place)));
        return reserved
                ? Diagnostic.error("dataset.reserved-mountpoint", path + " belongs to the host's own system")
                        .help("Mount it below the pool, or somewhere of its own such as /srv/" + path.fileName() + ".")
                : null;
    }
}
