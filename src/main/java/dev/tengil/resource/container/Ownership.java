package dev.tengil.resource.container;

import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import org.jspecify.annotations.Nullable;

/** Decides whether a guest that has our number is ours to change. */
final class Ownership {

    private Ownership() {}

    /** Its config, or null after saying why it is left alone. */
    static @Nullable GuestConf check(
            Container container, Guest guest, @Nullable AppliedResource applied, PlanContext context) {
        String node = context.facts().node().name();
        if (!guest.container()) {
            return no(
                    container,
                    context,
                    "container.vmid-taken",
                    "number " + guest.vmid() + " is the virtual machine " + guest.name() + ", not a container",
                    "Give " + container.name() + " another vmid, or none.");
        }
        GuestConf conf = guest.conf();
        if (!guest.node().equals(node) || conf == null) {
            return no(
                    container,
                    context,
                    "container.other-node",
                    "container " + guest.vmid() + " (" + guest.name() + ") lives on the node " + guest.node()
                            + ", not on " + node,
                    "Move it back, or give " + container.name() + " another vmid.");
        }
        String stack = Mark.stackOf(conf);
        String ours = context.applied().stack();
        if (stack != null && !Mark.of(stack).equals(Mark.of(ours))) {
            return no(
                    container,
                    context,
                    "container.other-stack",
                    "container " + guest.vmid() + " (" + guest.name() + ") belongs to the stack " + stack,
                    "Change it there, or release it there first.");
        }
        boolean created = !(container.origin() instanceof Container.Origin.Existing);
        boolean cutOff = isHalfMade(conf)
                && guest.vmid().toString().equals(context.applied().choice(container.address(), "vmid"));
        if (created && applied == null && stack == null && !cutOff) {
            return no(
                    container,
                    context,
                    guest.name().equals(container.options().getOrDefault("hostname", container.name()))
                            ? "container.exists"
                            : "container.vmid-taken",
                    "number " + guest.vmid() + " is the container " + guest.name() + ", which tengil did not make",
                    "To take it over: tg adopt " + container.address() + ". Else give " + container.name()
                            + " another vmid, or none.");
        }
        String lock = conf.option("lock");
        if (lock != null) {
            return no(
                    container,
                    context,
                    "container.locked",
                    "container " + guest.vmid() + " (" + guest.name() + ") is locked by Proxmox (" + lock + ")",
                    lock.equals("create") || lock.equals("destroyed")
                            ? "An earlier attempt was cut off. Look at it, then: pct unlock " + guest.vmid()
                                    + " && pct destroy " + guest.vmid()
                            : "Wait until the " + lock + " is finished. If none runs: pct unlock " + guest.vmid());
        }
        return conf;
    }

    /** Whether Proxmox was cut off while it made this: it writes the lock first, and everything else at the end. */
    static boolean isHalfMade(GuestConf conf) {
        return "create".equals(conf.option("lock"));
    }

    private static @Nullable GuestConf no(
            Container container, PlanContext context, String code, String message, String help) {
        ContainerKind.refuse(context, container, code, message, help);
        return null;
    }
}
