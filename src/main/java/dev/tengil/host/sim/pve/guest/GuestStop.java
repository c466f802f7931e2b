package dev.tengil.host.sim.pve.guest;

/** Stops, shuts down and reboots a container; what waited for that is applied (pve-container API2/LXC/Status.pm, poststop hook). */
public final class GuestStop {

    private final Proxmox pve;
    private final int vmid;

    public GuestStop(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /** Kills it. */
    public Tasks.Task stop() {
        return ended("vzstop");
    }

    /**
     * Asks it to end.
     *
     * @param timeout seconds that it has
     * @param force whether it is killed when these are over
     */
    public Tasks.Task shutdown(int timeout, boolean force) {
        requireRunning();
        return pve.tasks().run("vzshutdown", Integer.toString(vmid), log -> {
            refuseLocked();
            if (goesOn()) {
                log.line("lxc-stop: " + vmid + ": ../src/lxc/commands_utils.c: lxc_cmd_sock_rcv_state: 49 Resource"
                        + " temporarily unavailable - Failed to receive message");
                pve.world().pass(timeout);
                if (!force) {
                    throw PveFailure.of("container did not stop");
                }
            }
            end();
        });
    }

    /** Whether its first process takes no notice of the halt signal. */
    private boolean goesOn() {
        RegistryImage image = Contents.of(pve, pve.guests().load(vmid).current());
        return image != null && image.content().program().ignoresStop();
    }

    /** Ends it and starts it anew. */
    public Tasks.Task reboot() {
        requireRunning();
        return pve.tasks().run("vzreboot", Integer.toString(vmid), log -> {
            pve.guests().loadUnlocked(vmid);
            end();
            new GuestStart(pve, vmid).begin(log);
        });
    }

    private Tasks.Task ended(String type) {
        requireRunning();
        return pve.tasks().run(type, Integer.toString(vmid), _ -> {
            refuseLocked();
            end();
        });
    }

    private void refuseLocked() {
        String lock = pve.guests().load(vmid).current().get("lock");
        if (lock != null && !lock.equals("mounted")) {
            throw PveFailure.of("CT is locked (" + lock + ")");
        }
    }

    private void requireRunning() {
        if (!pve.guests().isRunning(vmid)) {
            throw PveFailure.of("CT " + vmid + " not running");
        }
    }

    /** The container is down; whatever waited is applied by the hook that runs then. */
    void end() {
        pve.guests().stopped(vmid);
        GuestConfig config = pve.guests().load(vmid);
        new PendingChanges(pve, vmid).apply(config);
        pve.guests().save(vmid, config);
    }
}
