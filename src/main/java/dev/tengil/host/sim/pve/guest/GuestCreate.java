package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.Inode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a container (pve-container API2/LXC.pm, create_vm): checks first, then a worker that takes back all it made when it fails. */
public final class GuestCreate {

    private static final List<String> NOT_CONFIG = List.of(
            "vmid",
            "ostemplate",
            "node",
            "storage",
            "start",
            "password",
            "ssh-public-keys",
            "pool",
            "force",
            "restore",
            "unique",
            "bwlimit",
            "ignore-unpack-errors",
            "ha-managed");

    private final Proxmox pve;
    private final int vmid;
    private final Map<String, String> given;
    private final Volumes volumes;
    private final List<Volume.Stored> made = new ArrayList<>();

    public GuestCreate(Proxmox pve, int vmid, Map<String, String> options) {
        this.pve = pve;
        this.vmid = vmid;
        this.given = new LinkedHashMap<>(options);
        this.volumes = new Volumes(pve);
    }

    /** Runs both parts. */
    public Tasks.Task run() {
        if (pve.guests().exists(vmid)) {
            throw PveFailure.of(2, "CT " + vmid + " already exists on node '" + pve.node() + "'");
        }
        Guests.Elsewhere elsewhere = pve.guests().elsewhere().get(vmid);
        if (elsewhere != null) {
            throw PveFailure.of(2, "CT " + vmid + " already exists on node '" + elsewhere.node() + "'");
        }
        String template = given.getOrDefault("ostemplate", "");
        String file = pve.storages().templateFile(template);
        Map<String, String> mounts = mounts();
        checkPool();
        Section section = new Section();
        section.set("unprivileged", given.getOrDefault("unprivileged", "1"));
        given.forEach((key, value) -> {
            if (!NOT_CONFIG.contains(key) && !MountString.isMount(key) && !key.startsWith("unused")) {
                section.set(key, OptionValues.stored(pve, key, value));
            }
        });
        GuestConfig locked = new GuestConfig();
        locked.current().set("lock", "create");
        pve.guests().save(vmid, locked);
        return pve.tasks().run("vzcreate", Integer.toString(vmid), log -> {
            try {
                work(section, mounts, template, file, log);
            } catch (PveFailure failure) {
                made.reversed().forEach(volumes::free);
                pve.guests().remove(vmid);
                throw PveFailure.of("unable to create CT " + vmid + " - " + failure.text());
            }
        });
    }

    private Map<String, String> mounts() {
        // Volumes get their numbers in this order: root disk first.
        Map<String, String> mounts = new TreeMap<>(Mounts.ORDER);
        given.forEach((key, value) -> {
            if (MountString.isMount(key)) {
                mounts.put(key, value);
            }
        });
        String storage = given.getOrDefault("storage", "local");
        String root = mounts.get("rootfs");
        if (root == null && !mounts.isEmpty()) {
            throw PveFailure.of("mount points configured, but 'rootfs' not set - aborting");
        }
        if (root == null) {
            mounts.put("rootfs", storage + ":4");
        } else if (root.matches("\\d+(?:\\.\\d+)?")) {
            mounts.put("rootfs", storage + ":" + root);
        }
        mounts.forEach((key, value) -> {
            MountString.refuseOverlap(key, value);
            switch (MountString.volume(value)) {
                case Volume.New(String id, long _) -> pve.storages().forContainers(id);
                case Volume.Stored stored -> pve.storages().get(stored.storage());
                case Volume.Bind _, Volume.Device _ -> {
                    if (key.equals("rootfs")) {
                        throw PveFailure.of("rootfs can be a bind mount only when restoring");
                    }
                }
            }
        });
        return mounts;
    }

    private void checkPool() {
        String pool = given.get("pool");
        if (pool != null && !new Pools(pve).contains(pool)) {
            throw PveFailure.of("pool '" + pool + "' does not exist");
        }
    }

    private void work(Section section, Map<String, String> mounts, String template, String file, Tasks.Log log) {
        Inode archive = pve.world().disk().follow(file);
        if (archive == null) {
            log.line("volume '" + template + "' does not exist");
            throw PveFailure.of("volume '" + template + "' does not exist");
        }
        mounts.forEach((key, value) -> section.set(key, allocate(value, section.isOn("unprivileged"), log)));
        for (Mounts.Mount mount : Mounts.of(section)) {
            String wrong = mount.volume() instanceof Volume.Bind(String path)
                    ? Mounts.wrongSource(pve.world(), path)
                    : mount.volume() instanceof Volume.Stored stored && !volumes.exists(stored)
                            ? "volume '" + stored.id() + "' does not exist"
                            : null;
            if (wrong != null) {
                log.line("mounting container failed");
                log.line("");
                throw PveFailure.of(wrong);
            }
        }
        String root =
                Mounts.of(section).getFirst().volume() instanceof Volume.Stored stored ? volumes.path(stored) : null;
        unpack(section, root, file, archive, log);
        for (Mounts.Mount mount : Mounts.of(section)) {
            if (root != null && !mount.target().equals("/")) {
                OciImport.makeDirectory(pve.world(), root + mount.target());
            }
        }
        section.remove("lock");
        setDefault(section, "hostname", "CT" + vmid);
        setDefault(section, "memory", "512");
        setDefault(section, "swap", "512");
        GuestConfig config = new GuestConfig();
        config.adopt(section);
        pve.guests().save(vmid, config);
        String pool = given.get("pool");
        if (pool != null) {
            new Pools(pve).add(pool, vmid);
        }
        if (given.getOrDefault("start", "0").equals("1")) {
            new GuestStart(pve, vmid).begin(log);
        }
    }

    private String allocate(String text, boolean unprivileged, Tasks.Log log) {
        Map<String, String> values = MountString.read(text);
        if (MountString.volume(values) instanceof Volume.New fresh) {
            Volume.Stored volume = volumes.allocate(fresh, vmid, unprivileged, log::line);
            made.add(volume);
            return MountString.print(MountString.allocated(values, volume, fresh.size()));
        }
        return MountString.print(values);
    }

    private void unpack(Section section, @Nullable String root, String file, Inode archive, Tasks.Log log) {
        RegistryImage image = RegistryImage.fromDocument(archive.content());
        if (image == null) {
            TemplateFile.unpack(pve, section, root, file, log::line);
            return;
        }
        if (!pve.atLeast("pve-container", Proxmox.FIRST_OCI)) {
            log.line("extracting archive '" + file + "'");
            throw PveFailure.of("unable to detect OS distribution");
        }
        new OciImport(pve, image, log::line).apply(section, root);
        OsDetection.apply(section, image.content().os(), image.content().binary(), log::line);
        Contents.remember(pve, section, image);
    }

    private static void setDefault(Section section, String key, String value) {
        if (section.get(key) == null) {
            section.set(key, value);
        }
    }
}
