package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Inode;
import java.util.ArrayList;
import java.util.List;

/** Rights on containers: lines {@code acl:PROPAGATE:PATH:WHO:ROLES:} of user.cfg (pve-access-control, AccessControl.pm). */
public final class Rights {

    private static final String FILE = "/etc/pve/user.cfg";

    private final Proxmox pve;

    public Rights(Proxmox pve) {
        this.pve = pve;
    }

    private List<String> lines() {
        Inode file = pve.world().disk().follow(FILE);
        return file == null ? List.of() : file.content().text().lines().toList();
    }

    private void save(List<String> lines) {
        pve.world().disk().write(FILE, Bytes.utf8(String.join("\n", lines) + "\n"), 0640);
    }

    /** Takes away all rights on one container; purged or not, they go with it. */
    void removeAll(int vmid) {
        List<String> kept = lines().stream()
                .filter(line -> !line.matches("acl:[01]:/vms/" + vmid + ":.*"))
                .toList();
        if (kept.size() < lines().size()) {
            save(kept);
        }
    }

    private static String line(String path, String who, String roles, boolean propagate) {
        return "acl:" + (propagate ? 1 : 0) + ":" + path + ":" + who + ":" + roles + ":";
    }

    /** Takes back what was given in the same words. */
    public void take(String path, String who, String roles, boolean propagate) {
        List<String> lines = new ArrayList<>(lines());
        if (lines.remove(line(path, who, roles, propagate))) {
            save(lines);
        }
    }

    /** Gives roles to somebody; what they have there already stays. */
    public void give(String path, String who, String roles, boolean propagate) {
        String line = line(path, who, roles, propagate);
        List<String> lines = new ArrayList<>(lines());
        if (!lines.contains(line)) {
            lines.add(line);
            save(lines);
        }
    }
}
