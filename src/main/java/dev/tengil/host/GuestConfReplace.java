package dev.tengil.host;

import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import java.time.Duration;
import java.util.List;

/**
 * The one command that replaces a container's config: under flock(2) on the file that Proxmox itself locks, only if nobody changed the
 * config since it was read, and by rename. The shell text is constant; parameters travel as {@code $1…}, the content on stdin. Proxmox
 * waits ten seconds for this lock, so do we (pve-container Config.pm, config_file_lock).
 */
public final class GuestConfReplace {

    /** Exit code when the config is no longer what was read. */
    public static final int CHANGED_MEANWHILE = 75;

    /** {@code $1} config file, {@code $2} SHA-1 of the content that was read. */
    public static final String SCRIPT = """
            set -eu
            umask 027
            sum=$(sha1sum < "$1")
            if [ "${sum%% *}" != "$2" ]; then
                echo "tengil: $1 was changed by somebody else" >&2
                exit 75
            fi
            cat > "$1.tmp.$$"
            mv -f -- "$1.tmp.$$" "$1"
            """;

    private GuestConfReplace() {}

    /** Where Proxmox keeps the config of a container of this node. */
    public static HostPath file(VmId vmid) {
        return HostPath.of("/etc/pve/lxc/" + vmid + ".conf");
    }

    /** The lock that guards it. */
    public static HostPath lockFile(VmId vmid) {
        return HostPath.of("/run/lock/lxc/pve-config-" + vmid + ".lock");
    }

    /**
     * @param read the content that the new one was made from
     * @param replacement the whole new content
     */
    public static Command command(VmId vmid, Bytes read, Bytes replacement) {
        return Command.changes(List.of(
                        "flock",
                        "-w",
                        "10",
                        lockFile(vmid).value(),
                        "sh",
                        "-c",
                        SCRIPT,
                        "tengil-conf-replace",
                        file(vmid).value(),
                        read.digest("SHA-1")))
                .withStdin(replacement)
                .withDeadline(Duration.ofMinutes(1));
    }
}
