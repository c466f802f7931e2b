package dev.tengil.apply;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the known messages of the real programs mean, and what helps; the one place for "perhaps you should". */
public final class Advice {

    private record Known(String part, String advice) {}

    private static final List<Known> KNOWN = List.of(
            new Known("out of space", "The pool is full. Free some space, then run tg apply again."),
            new Known("no space left on device", "The disk is full. Free some space, then run tg apply again."),
            new Known("input/output error", "A disk fails there. See: dmesg, zpool status"),
            new Known(
                    "operation not permitted",
                    "Not even root may do that there. If a file was made immutable: lsattr shows it, chattr -i undoes it."),
            new Known(
                    "permission denied", "Tengil works as root on the host. Log in there as root: --host root@ADDRESS"),
            new Known(
                    "failed to run command",
                    "That program is not on the host any more. Run tg apply again: it plans the packages that it needs."),
            new Known(
                    "failed to unpack",
                    "Proxmox cannot unpack this image, as happens when two of its layers disagree. Try another tag of it."),
            new Known("pool I/O is currently suspended", "The pool has lost a disk. See: zpool status"),
            new Known(
                    "is a symbolic link, which is not followed",
                    "Somebody who may write there put it in the way. Look where it leads, remove it, then run tg apply again."),
            new Known(
                    "Read-only file system",
                    "Something is wrong with that disk, or it was mounted so on purpose. See: dmesg, zpool status"),
            new Known("read-only", "The pool or file system is mounted read-only. See: zpool status"),
            new Known(
                    "dataset is busy", "Something uses it. Stop what reads or writes there, then run tg apply again."),
            new Known(
                    "CT is locked",
                    "Proxmox is busy with this container (backup, snapshot, migration). Wait for it to end;"
                            + " if nothing runs any more: pct unlock VMID"),
            new Known("got timeout", "Proxmox is busy with this container. Try again in a minute."),
            new Known(
                    "already exists on node",
                    "Somebody took this vmid meanwhile. Run tg apply again: another is chosen."),
            new Known(
                    "cluster not ready - no quorum",
                    "The cluster has no quorum, so Proxmox accepts no change. See: pvecm status"),
            new Known("setgid(0): Invalid argument", "Proxmox cannot unpack an OCI image into a privileged container."),
            new Known(
                    "unable to detect OS distribution",
                    "Proxmox does not know the system in this image. Use one of the app that is based on Debian or Alpine."),
            new Known(
                    ".conf' does not exist",
                    "Somebody destroyed the container meanwhile, or moved it to another node. Run tg plan and look."),
            new Known(
                    "' does not exist",
                    "It was there when the plan was made. Run tg apply again: it looks first, and fetches what is missing."),
            new Known("cannot lock /etc/", "Another program changes accounts. Try again in a minute."),
            new Known("toomanyrequests", "The registry limits downloads. Wait an hour, or log in to it."),
            new Known("unauthorized", "The registry wants a login, or the image does not exist under this name."),
            new Known("manifest unknown", "The registry has no such tag or digest. Check the image's name."),
            new Known("no such host", "The host cannot resolve the registry's name. Check its DNS."),
            new Known("dial tcp", "The host cannot reach the registry. Check its network."));

    private Advice() {}

    /**
     * What helps.
     *
     * @param output what a program or the kernel said
     * @return a sentence or two; null when the cause is not known
     */
    public static @Nullable String on(String output) {
        // Programs in Go say the kernel's messages in small letters.
        String small = output.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> small.contains(known.part().toLowerCase(Locale.ROOT)))
                .map(Known::advice)
                .findFirst()
                .orElse(null);
    }
}
