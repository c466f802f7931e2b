package dev.tengil.resource.facts;

import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Proxmox's resource pools with the numbers of their guests, from the lines {@code pool:ID:COMMENT:VMIDS:STORAGES:} of user.cfg
 * (pve-access-control, AccessControl.pm).
 */
public record ResourcePools(Map<String, SortedSet<String>> members) {

    static final HostPath FILE = HostPath.of("/etc/pve/user.cfg");
    private static final int VMIDS = 3;

    static ResourcePools of(Map<HostPath, HostFile> files) {
        Map<String, SortedSet<String>> members = new TreeMap<>();
        HostFile file = files.get(FILE);
        String text = file == null ? "" : file.content().text();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length > VMIDS && fields[0].equals("pool")) {
                members.put(fields[1], new TreeSet<>(java.util.List.of(fields[VMIDS].split("[,;\\s]+", -1))));
            }
        }
        return new ResourcePools(members);
    }

    public boolean contains(String pool) {
        return members.containsKey(pool);
    }

    /** The pool that a guest is in; null for none. */
    public @Nullable String of(String vmid) {
        return members.entrySet().stream()
                .filter(pool -> pool.getValue().contains(vmid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
