package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What making a container of an OCI archive does to its config and its disks (pve-container Create.pm, restore_oci_archive). */
final class OciImport {

    private static final int CONTAINER_ROOT = 100_000;
    private static final int IDS = 65_536;
    private static final String USERS_SINCE = "6.1.0";

    private final Proxmox pve;
    private final RegistryImage image;
    private final Consumer<String> log;

    OciImport(Proxmox pve, RegistryImage image, Consumer<String> log) {
        this.pve = pve;
        this.image = image;
        this.log = log;
    }

    /**
     * @param section the config as the user's options made it; the image overwrites parts of it
     * @param root where the host sees the root disk, null when it cannot
     */
    void apply(Section section, @Nullable String root) {
        log.accept("Detected OCI archive");
        if (!section.isOn("unprivileged")) {
            throw PveFailure.of("setgid(0): Invalid argument");
        }
        unpack(section, root);
        if (image.config().get("Volumes") instanceof com.google.gson.JsonObject volumes) {
            for (String directory : new TreeSet<>(volumes.keySet())) {
                log.accept("creating base directory for volume at " + directory);
                if (root != null) {
                    directory(root + directory);
                }
            }
        }
        command(section);
        user(section);
        if (!image.text("WorkingDir").isEmpty()) {
            section.raw().add(new Section.Raw("lxc.init.cwd", image.text("WorkingDir")));
        }
        if (!image.list("Env").isEmpty()) {
            section.set("env", String.join("\0", image.list("Env")));
        }
        String signal = image.text("StopSignal");
        section.raw().add(new Section.Raw("lxc.signal.halt", signal.isEmpty() ? "SIGTERM" : signal));
    }

    private void command(Section section) {
        List<String> argv = new ArrayList<>(image.list("Entrypoint"));
        argv.addAll(image.list("Cmd"));
        if (argv.isEmpty() || argv.getFirst().equals("/sbin/init")) {
            return;
        }
        section.set("entrypoint", ShellWords.join(argv));
        section.set("cmode", "console");
        for (String key : section.keys()) {
            String value = section.get(key, "");
            if (key.matches("net\\d+") && !NetString.read(value).containsKey("host-managed")) {
                log.accept("Auto-Enabling host-managed network for network device " + key + ".");
                Map<String, String> net = new HashMap<>(NetString.read(value));
                net.put("host-managed", "1");
                section.set(key, NetString.print(net));
            }
        }
    }

    private void user(Section section) {
        String user = image.text("User");
        if (user.isEmpty() || !pve.atLeast("pve-container", USERS_SINCE)) {
            return;
        }
        String[] named = user.split(":", 2);
        String[] ids = image.content().users().getOrDefault(named[0], named[0]).split(":", 3);
        if (!ids[0].matches("\\d+")) {
            return;
        }
        section.raw().add(new Section.Raw("lxc.init.uid", ids[0]));
        String gid = named.length > 1
                ? image.content().users().getOrDefault(named[1], named[1]).split(":", 2)[0]
                : ids.length > 1 ? ids[1] : "";
        if (gid.matches("\\d+")) {
            section.raw().add(new Section.Raw("lxc.init.gid", gid));
        }
        if (ids.length > 2 && !ids[2].isEmpty()) {
            section.raw().add(new Section.Raw("lxc.init.groups", ids[2]));
        }
    }

    /**
     * Files go where they would be seen inside: what a mount covers is written into the mount, read-only or not. Of a directory that is
     * there already owner and mode become the image's, which only works where the container's root may do that.
     */
    private void unpack(Section section, @Nullable String root) {
        TreeSet<String> directories = new TreeSet<>(image.content().directories());
        image.content().files().keySet().forEach(path -> {
            for (String above = parent(path); above.length() > 1; above = parent(above)) {
                directories.add(above);
            }
        });
        for (String path : directories) {
            String place = place(section, root, path);
            Inode there = place == null ? null : pve.world().disk().follow(place);
            if (there != null && place != null && there.kind() == Inode.Kind.DIRECTORY) {
                if (!isOfContainer(there.uid()) || !isOfContainer(there.gid())) {
                    throw PveFailure.of(
                            "failed to set ownership of '" + path + "': Operation not permitted (os error 1)");
                }
                pve.world()
                        .disk()
                        .put(
                                place,
                                there.withOwner(CONTAINER_ROOT, CONTAINER_ROOT).withMode(0755));
            } else if (place != null) {
                directory(place);
            }
        }
        for (String path : image.content().opaque()) {
            String place = place(section, root, path);
            if (place != null) {
                pve.world()
                        .disk()
                        .list(place)
                        .forEach(name -> pve.world().disk().remove(place + "/" + name));
            }
        }
        image.content().files().forEach((path, content) -> {
            String place = place(section, root, path);
            if (place != null) {
                file(place, content);
            }
        });
    }

    private static boolean isOfContainer(int id) {
        return id >= CONTAINER_ROOT && id < CONTAINER_ROOT + IDS;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Where a path of the image is on the host while it is unpacked; null where the host does not see it. */
    private @Nullable String place(Section section, @Nullable String root, String path) {
        String place = root == null ? null : root + path;
        int deepest = 0;
        for (Mounts.Mount mount : Mounts.of(section)) {
            String target = mount.target();
            boolean covers = path.equals(target) || path.startsWith(target + "/");
            if (!target.equals("/") && covers && target.length() > deepest) {
                deepest = target.length();
                String rest = path.substring(target.length());
                place = switch (mount.volume()) {
                    case Volume.Bind(String source) -> source + rest;
                    case Volume.Stored stored -> {
                        String seen = new Volumes(pve).path(stored);
                        yield seen == null ? null : seen + rest;
                    }
                    case Volume.Device _, Volume.New _ -> null;
                };
            }
        }
        return place;
    }

    private void file(String place, String content) {
        Disk disk = pve.world().disk();
        if (disk.get(place) != null) {
            disk.remove(place);
        }
        disk.put(place, Inode.file(Bytes.utf8(content), 0644, CONTAINER_ROOT, CONTAINER_ROOT, now(pve.world())));
    }

    private void directory(String path) {
        makeDirectory(pve.world(), path);
    }

    /** Directories that are missing, owned by the container's root. */
    static void makeDirectory(World world, String path) {
        if (path.isEmpty() || world.disk().follow(path) != null) {
            return;
        }
        makeDirectory(world, path.substring(0, Math.max(0, path.lastIndexOf('/'))));
        world.disk().put(path, Inode.directory(0755, CONTAINER_ROOT, CONTAINER_ROOT, now(world)));
    }

    private static long now(World world) {
        return world.now().getEpochSecond();
    }
}
