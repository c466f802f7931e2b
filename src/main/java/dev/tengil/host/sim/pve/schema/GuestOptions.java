package dev.tengil.host.sim.pve.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a container, with their limits and what a change of each does to a running one (pve-container Config.pm, $confdesc). */
public final class GuestOptions {

    private static final String APP_CONTAINERS = "6.0.15";
    private static final String MOUNT_OPTION = "discard|lazytime|noatime|nodev|noexec|nosuid";
    private static final Type BOOL = new Type.Bool();

    /** {@code netN}. */
    public static final PropertyFormat NET = new PropertyFormat(
            null,
            List.of(
                    Property.required("name", new Type.Matching("[-_.\\w]+")),
                    Property.optional("bridge", new Type.Matching("[-_.\\w]+")),
                    Property.optional("firewall", BOOL),
                    Property.optional("gw", Type.of(Format.IPV4)),
                    Property.optional("gw6", Type.of(Format.IPV6)),
                    Property.optional("host-managed", BOOL).since(APP_CONTAINERS),
                    Property.optional("hwaddr", Type.of(Format.MAC)),
                    Property.optional("ip", Type.of(Format.IPV4_CONFIG)),
                    Property.optional("ip6", Type.of(Format.IPV6_CONFIG)),
                    Property.optional("link_down", BOOL),
                    Property.optional("mtu", Type.integer(64, 65535)),
                    Property.optional("rate", new Type.Num(null, null)),
                    Property.optional("tag", Type.integer(1, 4094)),
                    Property.optional("trunks", new Type.Matching("\\d+(?:;\\d+)*")),
                    Property.optional("type", Type.oneOf("veth"))));

    /** {@code rootfs}. */
    public static final PropertyFormat ROOTFS = new PropertyFormat("volume", mountKeys());

    /** {@code mpN}. */
    public static final PropertyFormat MOUNT_POINT = new PropertyFormat(
            "volume",
            plus(
                    mountKeys(),
                    Property.required("mp", Type.of(Format.MOUNT_STRING)),
                    Property.optional("backup", BOOL),
                    Property.optional("keepattrs", BOOL).since("6.1.2")));

    /** {@code devN}. */
    public static final PropertyFormat DEVICE = new PropertyFormat(
            "path",
            List.of(
                    Property.optional("path", Type.of(Format.DEVICE_STRING)),
                    Property.optional("deny-write", BOOL),
                    Property.optional("gid", Type.integer(0)),
                    Property.optional("mode", new Type.Matching("0[0-7]{3}")),
                    Property.optional("uid", Type.integer(0))));

    /** {@code features}. */
    public static final PropertyFormat FEATURES = new PropertyFormat(
            null,
            List.of(
                    Property.optional("force_rw_sys", BOOL),
                    Property.optional("fuse", BOOL),
                    Property.optional("keyctl", BOOL),
                    Property.optional("mknod", BOOL),
                    Property.optional("mount", new Type.Matching("[a-zA-Z0-9_; ]+")),
                    Property.optional("nesting", BOOL)));

    /** {@code unusedN}. */
    public static final PropertyFormat UNUSED =
            new PropertyFormat("volume", List.of(Property.required("volume", Type.of(Format.VOLUME_ID))));

    /** What both create and set accept. */
    public static final List<Property> CONFIG = List.of(
            Property.optional("arch", Type.oneOf("amd64", "i386", "arm64", "armhf", "riscv32", "riscv64")),
            Property.optional("cmode", Type.oneOf("shell", "console", "tty")),
            Property.optional("console", BOOL),
            Property.optional("cores", Type.integer(1, 8192)),
            Property.optional("cpulimit", new Type.Num(0L, 8192L)),
            Property.optional("cpuunits", Type.integer(0, 500000)),
            Property.optional("debug", BOOL),
            Property.optional("description", new Type.Text(8192)),
            Property.indexed("dev", 255, new Type.Properties(DEVICE)),
            Property.optional("entrypoint", new Type.Matching("[^\\x00-\\x08\\x0a-\\x1F\\x7F]+"))
                    .since(APP_CONTAINERS),
            Property.optional(
                            "env",
                            new Type.Matching(
                                    "\\w+=[^\\x00-\\x08\\x0a-\\x1F\\x7F]*(?:\\x00\\w+=[^\\x00-\\x08\\x0a-\\x1F\\x7F]*)*"))
                    .since(APP_CONTAINERS),
            Property.optional("features", new Type.Properties(FEATURES)),
            Property.optional("hookscript", Type.of(Format.VOLUME_ID)),
            Property.optional("hostname", new Type.Formatted(Format.DNS_NAME, 255)),
            Property.optional(
                    "lock",
                    Type.oneOf(
                            "backup",
                            "create",
                            "destroyed",
                            "disk",
                            "fstrim",
                            "migrate",
                            "mounted",
                            "rollback",
                            "snapshot",
                            "snapshot-delete")),
            Property.optional("memory", Type.integer(16)),
            Property.indexed("mp", 255, new Type.Properties(MOUNT_POINT)),
            Property.optional("nameserver", new Type.ListOf(Format.IP_WITH_INTERFACE)),
            Property.indexed("net", 31, new Type.Properties(NET)),
            Property.optional("onboot", BOOL),
            Property.optional(
                    "ostype",
                    Type.oneOf(
                            "debian",
                            "devuan",
                            "ubuntu",
                            "centos",
                            "fedora",
                            "opensuse",
                            "archlinux",
                            "alpine",
                            "gentoo",
                            "nixos",
                            "unmanaged")),
            Property.optional("protection", BOOL),
            Property.optional("rootfs", new Type.Properties(ROOTFS)),
            Property.optional("searchdomain", new Type.ListOf(Format.DNS_NAME)),
            Property.optional("startup", Type.of(Format.STARTUP)),
            Property.optional("swap", Type.integer(0)),
            Property.optional("tags", new Type.ListOf(Format.TAG)),
            Property.optional("template", BOOL),
            Property.optional("timezone", Type.of(Format.TIMEZONE)),
            Property.optional("tty", Type.integer(0, 6)),
            Property.optional("unprivileged", BOOL),
            Property.indexed("unused", 255, new Type.Properties(UNUSED)));

    private static final Parameters ALL = new Parameters(CONFIG);

    /** What a change does while the container runs. */
    public enum Effect {
        /** Applied at once. */
        LIVE,
        /** Kept for the next start. */
        PENDING,
        /** A new one is applied at once, a change of an old one waits. */
        LIVE_WHEN_NEW,
        /** Never allowed. */
        READ_ONLY
    }

    private static final Map<Effect, List<String>> EFFECTS = Map.of(
            Effect.LIVE,
            List.of(
                    "hostname",
                    "memory",
                    "swap",
                    "cores",
                    "cpulimit",
                    "cpuunits",
                    "unused[n]",
                    "net[n]",
                    "onboot",
                    "startup",
                    "tags",
                    "description",
                    "hookscript",
                    "protection",
                    "lock"),
            Effect.LIVE_WHEN_NEW,
            List.of("mp[n]", "dev[n]"),
            Effect.READ_ONLY,
            List.of("unprivileged"));

    private GuestOptions() {}

    /** The option of this name, or null. */
    public static @Nullable Property find(String name) {
        return ALL.find(name);
    }

    /** What changing it does to a running container. */
    public static Effect effect(String name) {
        Property option = ALL.find(name);
        for (var entry : EFFECTS.entrySet()) {
            if (option != null && entry.getValue().contains(option.name())) {
                return entry.getKey();
            }
        }
        return Effect.PENDING;
    }

    /** Whether its value is a number in JSON: integers and booleans are, cpulimit is not. */
    public static boolean isNumber(String name) {
        Property option = ALL.find(name);
        return option != null && (option.type() instanceof Type.Int || option.type() instanceof Type.Bool);
    }

    private static List<Property> mountKeys() {
        return List.of(
                Property.required("volume", Type.of(Format.MOUNT_STRING)),
                Property.optional("acl", BOOL),
                Property.optional(
                                "idmap",
                                new Type.Matching(
                                        "passthrough|[ug]:[0-9]+:[0-9]+:[1-9][0-9]*(?:;[ug]:[0-9]+:[0-9]+:[1-9][0-9]*)*"))
                        .since("6.1.6"),
                Property.optional(
                        "mountoptions", new Type.Matching("(?:" + MOUNT_OPTION + ")(?:;(?:" + MOUNT_OPTION + "))*")),
                Property.optional("quota", BOOL),
                Property.optional("replicate", BOOL),
                Property.optional("ro", BOOL),
                Property.optional("shared", BOOL),
                Property.optional("size", Type.of(Format.DISK_SIZE)));
    }

    private static List<Property> plus(List<Property> some, Property... more) {
        List<Property> all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return List.copyOf(all);
    }
}
