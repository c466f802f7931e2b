package dev.tengil.host.sim.pve.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The named formats of Proxmox's parameters, each with the text that refuses a value (pve-common JSONSchema.pm, register_format). */
public enum Format {
    VMID("pve-vmid"),
    NODE("pve-node"),
    STORAGE_ID("pve-storage-id"),
    VOLUME_ID("pve-volume-id"),
    CONFIG_ID("pve-configid"),
    TAG("pve-tag"),
    POOL_ID("pve-poolid"),
    DNS_NAME("dns-name"),
    DISK_SIZE("disk-size"),
    IPV4("ipv4"),
    IPV6("ipv6"),
    IPV4_CONFIG("pve-ipv4-config"),
    IPV6_CONFIG("pve-ipv6-config"),
    IP_WITH_INTERFACE("lxc-ip-with-ll-iface"),
    MAC("mac-addr"),
    MOUNT_STRING("pve-lxc-mp-string"),
    DEVICE_STRING("pve-lxc-dev-string"),
    STARTUP("pve-startup-order"),
    TIMEZONE("pve-ct-timezone"),
    STORAGE_CONTENT("pve-storage-content"),
    STORAGE_PATH("pve-storage-path"),
    ZFS_BLOCKSIZE("pve-storage-zfs-blocksize"),
    TASK_STATUS("pve-task-status-type");

    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9\\-]*[a-zA-Z0-9])?";
    private static final String STORAGE = "[a-zA-Z][a-zA-Z0-9\\-_.]*[a-zA-Z0-9]";
    private static final String START = "(?:(?:order=)?\\d+|up=\\d+|down=\\d+)";
    private static final Set<String> CONTENT =
            Set.of("rootdir", "images", "vztmpl", "iso", "backup", "snippets", "none", "import");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    /** Its name in Proxmox's API description. */
    public String id() {
        return id;
    }

    /** Why this value is refused, or null. */
    public @Nullable String complaint(String value) {
        return switch (this) {
            case VMID -> looks(like("[1-9][0-9]{2,8}", value), "VM ID");
            case NODE -> looks(like(LABEL, value), "node name");
            case STORAGE_ID -> storageId(value);
            case VOLUME_ID -> unless(like(STORAGE + ":.+", value), "unable to parse volume ID '" + value + "'");
            case CONFIG_ID -> unless(like("(?i)[a-z][a-z0-9_-]+", value), "invalid configuration ID '" + value + "'");
            case TAG -> unless(like("(?i)[a-z0-9_][a-z0-9_\\-+.]*", value), "invalid characters in tag");
            case POOL_ID ->
                unless(
                        like("[A-Za-z0-9.\\-_]+(?:/[A-Za-z0-9.\\-_]+){0,2}", value),
                        "value '" + value + "' does not look like a valid pool name");
            case DNS_NAME -> looks(like("(?:" + LABEL + "\\.)*" + LABEL, value), "DNS name");
            case DISK_SIZE ->
                unless(
                        like("\\d+(?:\\.\\d+)?(?:[KMGT](?:iB)?)?", value),
                        "value does not look like a valid disk size: " + value);
            case IPV4 -> looks(Ip.isV4(value), "IPv4 address");
            case IPV6 -> looks(Ip.isV6(value), "IPv6 address");
            case IPV4_CONFIG ->
                looks(
                        Set.of("dhcp", "manual").contains(value) || Ip.isNetwork(value, 8, 32, Ip::isV4),
                        "ipv4 network configuration");
            case IPV6_CONFIG ->
                looks(
                        Set.of("auto", "dhcp", "manual").contains(value) || Ip.isNetwork(value, 8, 128, Ip::isV6),
                        "ipv6 network configuration");
            case IP_WITH_INTERFACE ->
                looks(Ip.isV4(value) || Ip.isV6(value) || Ip.isLinkLocalWithInterface(value), "IP address");
            case MAC -> looks(like("(?i)[a-f0-9][02468ace](?::[a-f0-9]{2}){5}", value), "unicast MAC address");
            case MOUNT_STRING -> unless(!climbs(value), value + " contains illegal character sequences");
            case DEVICE_STRING ->
                unless(value.startsWith("/dev/") && !climbs(value), value + " is not a valid device path");
            case STARTUP -> unless(like(START + "(?:," + START + ")*", value), "unable to parse startup options");
            case TIMEZONE ->
                unless(
                        value.equals("host")
                                || value.equals("UTC")
                                || like("[A-Z][A-Za-z]+(?:/[A-Za-z0-9_+-]+)+", value),
                        "invalid time zone '" + value + "'");
            case STORAGE_CONTENT -> unless(CONTENT.contains(value), "invalid content type '" + value + "'");
            case STORAGE_PATH -> looks(like("/[^;()]+", value), "storage path");
            case TASK_STATUS ->
                unless(like("(?i)ok|error|warning|unknown", value), "invalid status type '" + value + "'");
            case ZFS_BLOCKSIZE -> looks(like("(?i)[1-9][0-9]*[km]?", value), "block size");
        };
    }

    /** Splits a list value: on NUL if there is one, else on commas, semicolons and blanks (JSONSchema.pm, split_list). */
    public static List<String> split(String list) {
        String[] items =
                list.indexOf('\0') >= 0 ? list.split("\0", -1) : list.strip().split("[,;\\s]+", -1);
        return Arrays.stream(items).filter(item -> !item.isEmpty()).toList();
    }

    private static boolean like(String regex, String value) {
        return Pattern.matches(regex, value);
    }

    private static @Nullable String looks(boolean right, String kind) {
        return unless(right, "value does not look like a valid " + kind);
    }

    private static @Nullable String unless(boolean right, String complaint) {
        return right ? null : complaint;
    }

    private static @Nullable String storageId(String value) {
        if (value.length() == 1 && Character.isLetter(value.charAt(0))) {
            return "storage ID '" + value + "' cannot be shorter than 2 characters";
        }
        return unless(like(STORAGE, value), "storage ID '" + value + "' contains illegal characters");
    }

    private static boolean climbs(String value) {
        return value.contains("/./")
                || value.contains("/../")
                || value.endsWith("/.")
                || value.endsWith("/..")
                || value.startsWith("../");
    }
}
