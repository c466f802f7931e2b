package dev.tengil.resource.container;

import dev.tengil.resource.ConfEdit;
import java.util.List;

/**
 * {@code /dev/shm} for programs of images, which databases and browsers cannot do without. Proxmox mounts it from pve-container 6.1.10
 * on (LXC.pm, update_lxc_config); before, the container gets it by a line of its own. Once the host is newer, one lies upon the other.
 */
final class SharedMemory {

    private static final String CHOICE = "shm";
    private static final String SINCE = "6.1.10";
    private static final ConfEdit LINE =
            new ConfEdit.AddRaw("lxc.mount.entry", "tmpfs dev/shm tmpfs nosuid,nodev,create=dir 0 0");

    private SharedMemory() {}

    static void choose(Scope scope, boolean image) {
        boolean old = !scope.facts().node().atLeast("pve-container", SINCE);
        if (image && (scope.made() ? old : scope.chosen(CHOICE) != null)) {
            scope.choices.put(CHOICE, "own");
        }
    }

    static List<ConfEdit> edits(Container container) {
        return container.choices().containsKey(CHOICE) ? List.of(LINE) : List.of();
    }
}
