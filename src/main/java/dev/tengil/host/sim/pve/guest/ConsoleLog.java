package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import java.nio.charset.StandardCharsets;

/**
 * The file of the host that {@code lxc.console.logfile} names: LXC makes it for root alone and adds what the container prints on its
 * console. Without that line nothing is kept.
 */
final class ConsoleLog {

    private static final int PRIVATE = 0600;
    private final Proxmox pve;
    private final String file;

    ConsoleLog(Proxmox pve, Section section) {
        this.pve = pve;
        this.file = section.raw().stream()
                .filter(line -> line.key().equals("lxc.console.logfile"))
                .map(Section.Raw::value)
                .reduce("", (first, later) -> later);
    }

    /** False when it cannot be written, and then the container does not start. */
    boolean open() {
        if (file.isEmpty() || file.equals("none")) {
            return true;
        }
        Inode there = pve.world().disk().follow(file);
        if (!file.startsWith("/")
                || (there != null && there.kind() != Inode.Kind.FILE)
                || (there == null && pve.world().disk().refusal(file) != null)) {
            return false;
        }
        if (there == null) {
            pve.world().disk().write(file, Bytes.EMPTY, PRIVATE);
        }
        return true;
    }

    /** Adds lines. */
    void print(String text) {
        Inode there = file.isEmpty() ? null : pve.world().disk().follow(file);
        if (there != null && there.kind() == Inode.Kind.FILE) {
            String all = new String(there.content().toArray(), StandardCharsets.UTF_8) + text.stripTrailing() + "\n";
            pve.world().disk().write(file, Bytes.utf8(all), PRIVATE);
        }
    }
}
