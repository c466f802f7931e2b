package dev.tengil.resource.facts;

import java.util.SortedMap;

/**
 * The machine.
 *
 * @param name node name in Proxmox, else the host name
 * @param proxmox whether Proxmox VE is installed
 * @param versions installed versions by package: pve-manager, pve-container, libpve-storage-perl, lxc-pve, zfsutils-linux…
 * @param cpus logical processors
 * @param memory bytes
 * @param legacyGrub whether it boots by legacy GRUB without proxmox-boot-tool, so that the boot pool must stay readable to GRUB
 */
public record Node(
        String name, boolean proxmox, SortedMap<String, String> versions, int cpus, long memory, boolean legacyGrub) {

    /** Whether a package is installed in at least this version, compared as Debian does for plain dotted numbers. */
    public boolean atLeast(String pkg, String version) {
        String installed = versions.get(pkg);
        return installed != null && compare(installed, version) >= 0;
    }

    private static int compare(String a, String b) {
        String[] left = a.split("[.+~:-]", -1);
        String[] right = b.split("[.+~:-]", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = Integer.compare(number(left, i), number(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int number(String[] parts, int index) {
        if (index >= parts.length) {
            return 0;
        }
        String digits = parts[index].replaceAll("\\D.*", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }
}
