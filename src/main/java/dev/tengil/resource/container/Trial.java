package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.VmId;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import java.util.List;

/**
 * A container that is made of an image and destroyed at once, only to see whether Proxmox can unpack it. Its number follows from that of
 * the container that it is for, so that one which an apply left behind is found again.
 */
record Trial(VmId vmid) {

    private static final int ABOVE = 9_000_000;
    private static final String TAG = "tengil_trial";

    /** For this container. */
    static Trial of(VmId container) {
        return new Trial(new VmId(ABOVE + container.value() % ABOVE));
    }

    /** Whether somebody else has the number. */
    boolean isTaken(Facts facts) {
        Guest guest = facts.guests().get(vmid);
        return guest != null
                && (guest.conf() == null || !Mark.tags(guest.conf()).contains(TAG));
    }

    /** Whether an apply that was cut off left one behind. */
    boolean isLeft(Facts facts) {
        return facts.guests().containsKey(vmid) && !isTaken(facts);
    }

    /** Made without network or mounts, never started, and destroyed. */
    List<Operation> operations(String volid, Container.Root root) {
        return List.of(
                new Operation.Unpack(
                        "try whether the image can be unpacked",
                        Command.changes(ContainerCommands.unpacking(vmid, volid, root, TAG))
                                .withDeadline(ContainerCommands.UNPACK)),
                new WayBack(vmid).destroy("trial"));
    }

    /** Removes one that may be there. */
    List<Operation> gone() {
        return List.of(
                new Operation.EnsureOurs("check that container " + vmid + " is our trial", vmid, TAG),
                new WayBack(vmid).destroy("trial"));
    }
}
