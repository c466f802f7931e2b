package dev.tengil.resource.container;

import dev.tengil.resource.Effect;
import java.util.Set;

/** What changing a field of a running container costs (pve-container Config.pm, vmconfig_hotplug_pending). */
final class Effects {
    private static final Set<String> RESTART =
            Set.of("features", "nameserver", "searchdomain", "timezone", "entrypoint");

    private Effects() {}

    /**
     * @param present whether the host has the field: a new mount can be plugged, a changed one cannot
     */
    static Effect of(String field, boolean removed, boolean present) {
        if (field.equals("image") && present) {
            return Effect.RESTART;
        }
        if (Set.of("unprivileged", "storage", "image", "template").contains(field)) {
            return Effect.RECREATE;
        }
        if (field.startsWith("mount.") || field.startsWith("device.")) {
            return removed || present ? Effect.RESTART : Effect.LIVE;
        }
        boolean file = field.startsWith("env.") || field.startsWith("raw.") || field.startsWith("file.");
        return file || RESTART.contains(field) ? Effect.RESTART : Effect.LIVE;
    }
}
