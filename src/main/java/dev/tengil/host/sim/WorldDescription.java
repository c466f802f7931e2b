package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.zfs.PropertyValues;
import dev.tengil.model.ByteSize;
import dev.tengil.model.Parsed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a world from its description. Every key is optional; what is not said is as on a usual node: Proxmox VE 9.2, pools
 * {@code rpool} and {@code tank}, storages {@code local} and {@code local-zfs}, bridge {@code vmbr0}.
 */
public final class WorldDescription {

    /** When a new world's clock starts: 2026-01-01. */
    static final long EPOCH = 1_767_225_600L;

    private static final Map<String, String> PACKAGES = Map.of(
            "pve-manager", "9.2.11",
            "pve-container", "6.1.10",
            "libpve-storage-perl", "9.1.7",
            "lxc-pve", "6.0.5-3",
            "zfsutils-linux", "2.3.9-pve1",
            "pve-qemu-kvm", "10.1.2-3",
            "nftables", "1.1.3-1",
            "skopeo", "1.18.0+ds1-1",
            "acl", "2.3.2-2");

    private static final List<String> KEYS = List.of(
            "node",
            "proxmox",
            "cpus",
            "memory",
            "seed",
            "boot",
            "mac-prefix",
            "packages",
            "pools",
            "datasets",
            "devices",
            "files",
            "hosts",
            "storage.cfg",
            "bridges",
            "images",
            "templates",
            "containers",
            "registries",
            "users",
            "groups",
            "shares",
            "exports");

    private final World world;
    private final Map<?, ?> said;

    private WorldDescription(World world, Map<?, ?> said) {
        this.world = world;
        this.said = said;
    }

    /** A world as described; or what is wrong with the description. */
    public static Parsed<World> build(String yaml) {
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            if (read != null && !(read instanceof Map)) {
                return Parsed.bad("a world is described by a mapping");
            }
            World world = new World();
            new WorldDescription(world, read == null ? Map.of() : (Map<?, ?>) read).build();
            return Parsed.ok(world);
        } catch (YamlEngineException e) {
            return Parsed.bad(String.valueOf(e.getMessage()).lines().findFirst().orElse("it is no YAML"));
        } catch (IllegalArgumentException e) {
            return Parsed.bad(String.valueOf(e.getMessage()));
        }
    }

    private void build() {
        KnownKeys.of("a world", said, KEYS);
        boolean proxmox = !"false".equals(text(said, "proxmox", "true"));
        world.fact("node", text(said, "node", proxmox ? "pve" : "debian"));
        world.fact("proxmox", Boolean.toString(proxmox));
        world.fact("cpus", text(said, "cpus", "8"));
        world.fact("memory", Long.toString(size(text(said, "memory", "32G"))));
        world.fact("clock", Long.toString(EPOCH));
        world.fact("seed", text(said, "seed", "1"));
        if (text(said, "boot", "efi").equals("legacy-bios")) {
            world.fact("legacy_grub", "true");
        }
        if (said.get("mac-prefix") != null) {
            world.fact("mac_prefix", text(said, "mac-prefix", ""));
        }
        Map<String, Object> packages = new LinkedHashMap<>(
                proxmox ? PACKAGES : Map.of("zfsutils-linux", "2.3.9-1", "acl", "2.3.2-2", "nftables", "1.1.3-1"));
        map("packages").forEach((name, version) -> packages.put(String.valueOf(name), version));
        packages.forEach((name, version) -> {
            if (version != null) {
                world.texts("packages").put(name, String.valueOf(version));
            }
        });
        files(proxmox);
        pools();
        datasets();
        DescribedFiles files = new DescribedFiles(world.disk());
        files.devices(said.get("devices"));
        world.disk().remounted();
        files.put(map("files"));
        new DescribedAccounts(world).put(map("groups"), map("users"));
        new DescribedShares(world.disk()).put(map("shares"), said.get("exports"));
        rest();
    }

    private void files(boolean proxmox) {
        Disk disk = world.disk();
        for (String directory : List.of(
                "/etc",
                "/var/lib",
                "/run/lock",
                "/tmp",
                "/root",
                "/srv",
                "/mnt",
                "/usr/sbin",
                "/usr/bin",
                "/dev",
                "/home")) {
            disk.mkdirs(directory, 0755);
        }
        disk.put("/root", Inode.directory(0700, 0, 0, EPOCH));
        disk.put("/tmp", Inode.directory(01777, 0, 0, EPOCH));
        disk.write(
                "/etc/passwd",
                Bytes.utf8(
                        "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"),
                0644);
        disk.write(
                "/etc/group",
                Bytes.utf8("root:x:0:\nusers:x:100:\nvideo:x:44:\nrender:x:993:\nnogroup:x:65534:\n"),
                0644);
        disk.write("/etc/hostname", Bytes.utf8(world.node() + "\n"), 0644);
        if (!proxmox) {
            return;
        }
        String node = world.node();
        disk.mkdirs("/etc/systemd/system", 0755);
        disk.mkdirs("/run/lock/lxc", 0755);
        disk.mkdirs("/var/lib/vz/template/cache", 0755);
        disk.mkdirs("/etc/logrotate.d", 0755);
        disk.write("/etc/resolv.conf", Bytes.utf8("nameserver 192.168.1.1\n"), 0644);
        disk.mkdirs("/etc/pve/nodes/" + node + "/lxc", 0755);
        disk.mkdirs("/etc/pve/nodes/" + node + "/qemu-server", 0755);
        disk.put("/etc/pve/local", Inode.symlink("nodes/" + node, EPOCH));
        disk.put("/etc/pve/lxc", Inode.symlink("nodes/" + node + "/lxc", EPOCH));
        disk.write("/etc/kernel/proxmox-boot-uuids", Bytes.utf8(""), 0644);
        disk.write("/etc/pve/storage.cfg", Bytes.utf8(text(said, "storage.cfg", """
                dir: local
                \tpath /var/lib/vz
                \tcontent iso,vztmpl,backup

                zfspool: local-zfs
                \tpool rpool/data
                \tsparse
                \tcontent images,rootdir
                """)), 0640);
    }

    private void pools() {
        Map<?, ?> pools = map("pools");
        if (pools.isEmpty()) {
            pools = "true".equals(world.fact("proxmox"))
                    ? Map.of(
                            "rpool", Map.of("size", "200G", "bootfs", "rpool/ROOT/pve-1"), "tank", Map.of("size", "8T"))
                    : Map.of("tank", Map.of("size", "8T"));
        }
        new TreeMap<>(pools).forEach((key, value) -> {
            String name = String.valueOf(key);
            Map<?, ?> pool = value instanceof Map<?, ?> map ? map : Map.of();
            KnownKeys.of("pool " + name, pool, List.of("size", "used", "health", "readonly", "bootfs"));
            world.fact("pool." + name + ".size", Long.toString(size(text(pool, "size", "1T"))));
            for (String fact : List.of("health", "readonly", "bootfs")) {
                Object said = pool.get(fact);
                if (said != null) {
                    world.fact("pool." + name + "." + fact, String.valueOf(said));
                }
            }
            // Proxmox's installer sets it on its own pool; zpool sets nothing.
            world.zfs().create(name, "filesystem", name.equals("rpool") ? Map.of("compression", "on") : Map.of(), true);
            if (pool.get("used") != null) {
                world.zfs().use(name, size(String.valueOf(pool.get("used"))));
            }
            if (name.equals("rpool")) {
                for (String child : List.of("rpool/ROOT", "rpool/ROOT/pve-1", "rpool/data", "rpool/var-lib-vz")) {
                    world.zfs()
                            .create(
                                    child,
                                    "filesystem",
                                    child.startsWith("rpool/ROOT") ? Map.of("canmount", "off") : Map.of(),
                                    true);
                }
            }
        });
    }

    private void datasets() {
        new TreeMap<>(map("datasets")).forEach((key, value) -> {
            String name = String.valueOf(key);
            Map<?, ?> entry = value instanceof Map<?, ?> map ? map : Map.of();
            KnownKeys.of(
                    "dataset " + name,
                    entry,
                    List.of("properties", "type", "mounted", "used", "owner", "mode", "busy", "open"));
            Map<String, String> properties = new TreeMap<>();
            (entry.get("properties") instanceof Map<?, ?> map ? map : Map.of())
                    .forEach((property, text) -> properties.put(
                            String.valueOf(property), property(String.valueOf(property), String.valueOf(text))));
            if (world.zfs().exists(name)) {
                properties.forEach((property, text) -> world.zfs().set(name, property, text));
            } else {
                world.zfs()
                        .create(
                                name,
                                text(entry, "type", "filesystem"),
                                properties,
                                !"false".equals(text(entry, "mounted", "true")));
            }
            if (entry.get("used") != null) {
                world.zfs().use(name, size(String.valueOf(entry.get("used"))));
            }
            if (entry.get("owner") != null || entry.get("mode") != null) {
                String path = world.zfs().mountpoint(name);
                Inode root = world.disk().get(path);
                if (root != null) {
                    String[] owner =
                            text(entry, "owner", root.uid() + ":" + root.gid()).split(":", -1);
                    int mode = Integer.parseInt(text(entry, "mode", Integer.toOctalString(root.mode())), 8);
                    world.disk()
                            .put(
                                    path,
                                    root.withMode(mode)
                                            .withOwner(Integer.parseInt(owner[0]), Integer.parseInt(owner[1])));
                }
            }
            if (Boolean.TRUE.equals(entry.get("open"))) {
                world.texts("open").put(name, "a file of it is open");
            }
            if (Boolean.TRUE.equals(entry.get("busy"))) {
                world.fact("busy." + name, "true");
            }
        });
    }

    /** What the Proxmox and NAS programs describe in their own words is kept for them as JSON under its key. */
    private void rest() {
        for (String key : List.of("bridges", "images", "templates", "containers", "registries")) {
            Object value = said.get(key);
            if (value != null) {
                world.texts("described").put(key, new com.google.gson.Gson().toJson(value));
            }
        }
        map("registries").forEach((name, registry) -> {
            if (registry instanceof Map<?, ?> said) {
                KnownKeys.of("registry " + name, said, List.of("password", "real", "insecure"));
            }
        });
        map("hosts")
                .forEach((name, address) -> world.texts("hosts").put(String.valueOf(name), String.valueOf(address)));
        dev.tengil.host.sim.pve.ProxmoxDescription.settle(world);
    }

    private Map<?, ?> map(String key) {
        Object value = said.get(key);
        if (value != null && !(value instanceof Map)) {
            throw new IllegalArgumentException("\"" + key + "\" is a mapping");
        }
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    static String text(Map<?, ?> map, String key, String otherwise) {
        @Nullable Object value = map.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    /** As {@code zfs set} would take it: sizes may have units. */
    private static String property(String name, String text) {
        return switch (PropertyValues.read(name, text)) {
            case Parsed.Ok<String>(String value) -> value;
            case Parsed.Bad<String>(String reason) -> throw new IllegalArgumentException(name + ": " + reason);
        };
    }

    private static long size(String text) {
        return switch (ByteSize.parse(text, 'B')) {
            case Parsed.Ok<ByteSize>(ByteSize size) -> size.bytes();
            case Parsed.Bad<ByteSize>(String reason) -> throw new IllegalArgumentException(reason);
        };
    }
}
