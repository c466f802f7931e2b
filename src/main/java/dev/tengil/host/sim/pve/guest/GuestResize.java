package dev.tengil.host.sim.pve.guest;

import java.util.Map;

/** Makes a volume of a container larger (pve-container API2/LXC.pm, resize_vm). */
public final class GuestResize {

    private final Proxmox pve;
    private final int vmid;

    public GuestResize(Proxmox pve, int vmid) {
        this.pve = pve;
        this.vmid = vmid;
    }

    /**
     * @param disk rootfs or mpN
     * @param size the new one, or what is added when it begins with a plus
     */
    public Tasks.Task run(String disk, String size, String digest) {
        GuestConfig config = pve.guests().loadUnlocked(vmid);
        if (!digest.isEmpty() && !digest.equals(pve.guests().text(vmid).digest("SHA-1"))) {
            throw PveFailure.of("detected modified configuration - file changed by other user? Try again.");
        }
        String text = config.current().get(disk);
        if (text == null) {
            throw PveFailure.of("can't find disk '" + disk + "'");
        }
        Map<String, String> values = MountString.read(text);
        if (!(MountString.volume(values) instanceof Volume.Stored volume) || volume.owner() != vmid) {
            throw PveFailure.of("volume is not owned by CT " + vmid);
        }
        long now = Sizes.parse(values.getOrDefault("size", "0"));
        long wanted = size.startsWith("+") ? now + Sizes.parse(size.substring(1)) : Sizes.parse(size);
        if (wanted < now) {
            throw PveFailure.of("unable to shrink disk size");
        }
        if (wanted == now) {
            throw PveFailure.of("disk is already at specified size");
        }
        return pve.tasks().run("resize", Integer.toString(vmid), _ -> {
            new Volumes(pve).resize(volume, wanted);
            config.current().set(disk, MountString.print(MountString.allocated(values, volume, wanted)));
            pve.guests().save(vmid, config);
        });
    }
}
