package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.GuestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes options of a container (pve-container API2/LXC/Config.pm, update_vm; Config.pm, update_pct_config). */
public final class GuestChange {

    private static final List<String> REQUIRED = List.of("memory", "rootfs", "ostype");

    private final Proxmox pve;
    private final int vmid;
    private final List<String> warnings = new ArrayList<>();

    public GuestChange(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** Lines for stderr that stop nothing. */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * @param options new values; {@code delete}, {@code revert} and {@code digest} among them are not options
     */
    public void run(Map<String, String> options) {
        Map<String, String> values = new TreeMap<>(options);
        List<String> deletes = Format.split(take(values, "delete"));
        List<String> reverts = Format.split(take(values, "revert"));
        String digest = take(values, "digest");
        if (values.isEmpty() && deletes.isEmpty() && reverts.isEmpty()) {
            throw PveFailure.of(2, "no options specified");
        }
        for (String key : values.keySet()) {
            if (deletes.contains(key)) {
                throw PveFailure.parameter(
                        "delete", "you can't use '-" + key + "' and -delete " + key + "' at the same time");
            }
        }
        pve.guests().load(vmid);
        for (String key : deletes) {
            if (GuestOptions.find(key) == null) {
                throw PveFailure.parameter("delete", "unknown option '" + key + "'");
            }
        }
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (!digest.isEmpty() && !digest.equals(pve.guests().text(vmid).digest("SHA-1"))) {
            throw PveFailure.of("detected modified configuration - file changed by other user? Try again.");
        }
        reverts.forEach(config::revert);
        refuse(config, values, deletes);
        boolean running = pve.guests().isRunning(vmid);
        SortedMap<String, String> errors = new TreeMap<>();
        deletes.forEach(key -> delete(config, key, running));
        values.forEach((key, value) -> {
            try {
                set(config, key, value, running);
            } catch (PveFailure failure) {
                if (!running) {
                    throw failure;
                }
                errors.put(key, "unable to hotplug " + key + ": " + failure.text() + "\n");
            }
        });
        if (!errors.isEmpty()) {
            throw PveFailure.parameters(errors);
        }
        if (!running) {
            new PendingChanges(pve, vmid).apply(config);
        }
        pve.guests().save(vmid, config);
        if (running) {
            pve.guests().plug(vmid);
        }
        GuestStart.checkBridges(pve, config.current());
    }

    private static String take(Map<String, String> values, String key) {
        String value = values.remove(key);
        return value == null ? "" : value;
    }

    private void refuse(GuestConfig config, Map<String, String> values, List<String> deletes) {
        if (values.containsKey("unprivileged")) {
            throw PveFailure.of("unable to modify read-only option: 'unprivileged'");
        }
        for (String key : deletes) {
            if (REQUIRED.contains(key)) {
                throw PveFailure.of("unable to delete required option '" + key + "'");
            }
            if (key.equals("unprivileged")) {
                throw PveFailure.of("unable to delete read-only option: 'unprivileged'");
            }
            if (config.current().isOn("protection") && MountString.isMount(key)) {
                throw PveFailure.of("can't update CT " + vmid + " drive '" + key + "' - protection mode enabled");
            }
        }
        values.forEach((key, value) -> {
            if (MountString.isMount(key)) {
                if (config.current().isOn("protection")) {
                    throw PveFailure.of("can't update CT " + vmid + " drive '" + key + "' - protection mode enabled");
                }
                MountString.refuseOverlap(key, value);
                switch (MountString.volume(value)) {
                    case Volume.New fresh -> pve.storages().forContainers(fresh.storage());
                    case Volume.Stored stored -> pve.storages().get(stored.storage());
                    case Volume.Bind _, Volume.Device _ -> {
                        // Only a start, or plugging it in, looks whether it is there.
                    }
                }
            }
            if (key.matches("net\\d+")) {
                Map<String, String> net = NetString.read(value);
                if (net.getOrDefault("ip6", "").equals("auto")
                        && net.getOrDefault("host-managed", "0").equals("1")
                        && !net.getOrDefault("link_down", "0").equals("1")) {
                    throw PveFailure.parameter(key, "cannot use 'ip6=auto' with 'host-managed'");
                }
            }
        });
    }

    private void delete(GuestConfig config, String key, boolean running) {
        if (config.current().get(key) == null && config.pending().get(key) == null) {
            warnings.add("cannot delete '" + key + "' - not set in current configuration!");
            config.revert(key);
            return;
        }
        if (running && GuestOptions.effect(key) != GuestOptions.Effect.LIVE) {
            config.postponeDelete(key);
            return;
        }
        if (key.startsWith("unused")
                && Volume.parse(config.current().get(key, "")) instanceof Volume.Stored stored
                && stored.owner() == vmid) {
            new Volumes(pve).free(stored);
        }
        config.pending().remove(key);
        if (key.equals("swap")) {
            config.current().set("swap", "0");
        } else if (running) {
            config.current().remove(key);
        } else {
            config.postponeDelete(key);
        }
    }

    private void set(GuestConfig config, String key, String value, boolean running) {
        if (MountString.isMount(key)) {
            setMount(config, key, value, running);
            return;
        }
        GuestOptions.Effect effect = GuestOptions.effect(key);
        String stored = OptionValues.stored(pve, key, value);
        boolean live = effect == GuestOptions.Effect.LIVE
                || (effect == GuestOptions.Effect.LIVE_WHEN_NEW
                        && config.current().get(key) == null);
        if (!running || live) {
            if (running && key.startsWith("net")) {
                checkBridge(stored);
            }
            config.revert(key);
            config.current().set(key, stored);
        } else {
            config.postpone(key, stored);
        }
    }

    private void setMount(GuestConfig config, String key, String value, boolean running) {
        if (running && config.current().get(key) != null) {
            config.postpone(key, value);
            return;
        }
        if (running && MountString.volume(value) instanceof Volume.Bind(String path)) {
            String wrong = Mounts.wrongSource(pve.world(), path);
            if (wrong != null) {
                throw PveFailure.of(wrong);
            }
        }
        config.revert(key);
        config.current().set(key, new PendingChanges(pve, vmid).mount(config.current(), key, value));
    }

    private void checkBridge(String net) {
        String bridge = NetString.read(net).get("bridge");
        if (bridge != null && Bridges.find(pve, bridge) == null) {
            throw PveFailure.of("bridge '" + bridge + "' does not exist");
        }
    }
}
