package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts a container (pve-container API2/LXC/Status.pm, LXC.pm vm_start). */
public final class GuestStart {

    private final Proxmox pve;
    private final int vmid;

    public GuestStart(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** As a task. */
    public Tasks.Task run() {
        if (pve.guests().isRunning(vmid)) {
            throw PveFailure.of("CT " + vmid + " already running");
        }
        return pve.tasks().run("vzstart", Integer.toString(vmid), this::begin);
    }

    /** The worker's part. */
    void begin(Tasks.Log log) {
        GuestConfig config = pve.guests().load(vmid);
        String lock = config.current().get("lock");
        if (lock != null && !lock.equals("mounted")) {
            throw PveFailure.of("CT is locked (" + lock + ")");
        }
        if (config.current().isOn("template")) {
            throw PveFailure.of("you can't start a CT if it's a template");
        }
        new PendingChanges(pve, vmid).apply(config);
        pve.guests().save(vmid, config);
        Section section = config.current();
        checkBridges(pve, section);
        String root = root(section);
        ConsoleLog console = new ConsoleLog(pve, section);
        if (!mountsWork(section, root) || !console.open()) {
            fail(log);
        }
        pve.guests().started(vmid, 2000 + pve.world().next("pid") * 7);
        dhcp(section, log);
        String trouble = new AppStart(pve, vmid).run(section, console);
        if (trouble != null) {
            // The app finds nothing to work with and exits; Proxmox has long said that the start went well.
            console.print(trouble);
            Notes.add(
                    pve,
                    vmid,
                    "pve-container@" + vmid + ".service: Main process exited, code=exited, status=1/FAILURE");
            pve.guests().stopped(vmid);
        }
    }

    static void checkBridges(Proxmox pve, Section section) {
        section.options().forEach((key, value) -> {
            if (key.matches("net\\d+")) {
                String bridge = NetString.read(value).get("bridge");
                if (bridge != null && Bridges.find(pve, bridge) == null) {
                    throw PveFailure.of("bridge '" + bridge + "' does not exist");
                }
            }
        });
    }

    private @Nullable String root(Section section) {
        Volumes volumes = new Volumes(pve);
        String root = null;
        for (Mounts.Mount mount : Mounts.of(section)) {
            if (mount.volume() instanceof Volume.Stored stored) {
                if (!volumes.exists(stored)) {
                    throw PveFailure.of(
                            pve.storages().get(stored.storage()).isZfs()
                                    ? "zfs error: cannot open '" + volumes.dataset(stored) + "': dataset does not exist"
                                    : "volume '" + stored.id() + "' does not exist");
                }
                root = mount.target().equals("/") ? volumes.path(stored) : root;
            }
        }
        return root;
    }

    private boolean mountsWork(Section section, @Nullable String root) {
        for (Mounts.Mount mount : Mounts.of(section)) {
            if (mount.volume() instanceof Volume.Bind(String path) && Mounts.wrongSource(pve.world(), path) != null) {
                return false;
            }
            if (root != null && !mount.target().equals("/")) {
                if (Mounts.symlinkAt(pve.world(), root, mount.target()) != null) {
                    return false;
                }
                OciImport.makeDirectory(pve.world(), root + mount.target());
            }
            if (mount.values().getOrDefault("quota", "0").equals("1") && section.isOn("unprivileged")) {
                return false;
            }
        }
        for (Mounts.Mount entry : Mounts.entries(section)) {
            if (!Mounts.isOptional(entry) && !Mounts.isReachable(pve.world(), entry, section.isOn("unprivileged"))) {
                return false;
            }
        }
        for (String key : section.keys()) {
            if (key.matches("dev\\d+")) {
                Map<String, String> device =
                        dev.tengil.host.sim.pve.schema.GuestOptions.DEVICE.values(section.get(key, ""));
                String path = device.getOrDefault("path", "");
                if (!path.equals("/dev/null") && pve.world().disk().follow(path) == null) {
                    return false;
                }
            }
        }
        return true;
    }

    private void fail(Tasks.Log log) {
        List<String> lines = List.of(
                "run_buffer: 571 Script exited with status 2",
                "lxc_init: 845 Failed to run lxc.hook.pre-start for container \"" + vmid + "\"",
                "__lxc_start: 2047 Failed to initialize container \"" + vmid + "\"");
        lines.forEach(log::line);
        StringBuilder stderr = new StringBuilder();
        lines.forEach(line -> stderr.append("lxc-start: ")
                .append(vmid)
                .append(line.startsWith("run_buffer") ? ": ../src/lxc/utils.c: " : ": ../src/lxc/start.c: ")
                .append(line)
                .append('\n'));
        String main = "lxc-start: " + vmid + ": ../src/lxc/tools/lxc_start.c: lxc_start_main: ";
        stderr.append(main).append("307 The container failed to start\n");
        stderr.append(main)
                .append(
                        "312 Additional information can be obtained by setting the --logfile and --logpriority options\n");
        pve.world().disk().mkdirs("/run/pve", 0755);
        pve.world().disk().write("/run/pve/ct-" + vmid + ".stderr", Bytes.utf8(stderr.toString()), 0644);
        throw PveFailure.of("startup for container '" + vmid + "' failed");
    }

    private void dhcp(Section section, Tasks.Log log) {
        section.options().forEach((key, value) -> {
            Map<String, String> net = NetString.read(value);
            if (key.matches("net\\d+")
                    && net.getOrDefault("ip", "").equals("dhcp")
                    && Addresses.lease(pve, net) == null
                    && net.getOrDefault("host-managed", "0").equals("1")) {
                log.warning("failed to start dhclient for interface " + net.get("name") + ": no lease");
            }
        });
    }
}
