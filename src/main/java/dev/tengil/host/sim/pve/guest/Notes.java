package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.World;
import java.util.List;

/** What the host's journal notes of containers that end by themselves, in systemd's words. */
public final class Notes {

    private static final String TABLE = "journal";
    private static final int MOST = 50;

    private Notes() {}

    /** Oldest first. */
    public static List<String> of(World world, String vmid) {
        String text = world.texts(TABLE).get(vmid);
        return text == null ? List.of() : text.lines().toList();
    }

    static void add(Proxmox pve, int vmid, String line) {
        List<String> lines = new java.util.ArrayList<>(of(pve.world(), Integer.toString(vmid)));
        lines.add(line);
        pve.world()
                .texts(TABLE)
                .put(
                        Integer.toString(vmid),
                        String.join("\n", lines.subList(Math.max(0, lines.size() - MOST), lines.size())));
    }
}
