package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.VmId;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A container that left the file loses our mark and stays as it is; it is destroyed only when that was asked for by its name. */
final class Leaving {

    /** Whether it must not be destroyed; what was applied counts, so that lifting it is a decision of its own. */
    static final String PROTECT = "protect";

    private static final Duration DESTROY = Duration.ofMinutes(10);

    private Leaving() {}

    /** The step, or null after saying why there is none. */
    static @Nullable Step step(AppliedResource left, PlanContext context) {
        return context.options().allowDestroy().contains(left.address())
                ? destroying(left, context)
                : forgetting(left, context);
    }

    /** One that has another name in the file now is not touched under the old one, whatever was asked for. */
    static Step renamed(AppliedResource left, Container now) {
        return forget(
                left, List.of("container " + now.vmid() + " is " + now.address() + " in the file now"), List.of());
    }

    private static @Nullable Guest guest(AppliedResource left, PlanContext context) {
        String vmid = left.choice("vmid");
        return vmid == null
                ? null
                : context.facts().guests().get(VmId.parse(vmid).orThrow());
    }

    private static @Nullable Step destroying(AppliedResource left, PlanContext context) {
        Guest guest = guest(left, context);
        GuestConf conf = guest == null ? null : guest.conf();
        if (guest == null || conf == null) {
            return forgetting(left, context);
        }
        boolean ours = Mark.tags(conf).contains(Mark.of(context.applied().stack()));
        if (!ours || !"false".equals(left.choice(PROTECT))) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "container.protected",
                                    left.address().name()
                                            + (ours
                                                    ? " is protected and is not destroyed"
                                                    : " does not carry tengil's mark and is not destroyed"))
                            .help(
                                    ours
                                            ? "Put it back into the file with protect: false, apply, and then take it out."
                                            : "Tengil destroys only what it made. By hand: pct destroy "
                                                    + guest.vmid()));
            return null;
        }
        String vmid = guest.vmid().toString();
        List<Operation> operations = new ArrayList<>();
        if (guest.running()) {
            operations.add(ContainerCommands.stop(guest.vmid()));
        }
        operations.add(Operation.Run.of(
                "destroy container " + vmid + " (" + guest.name() + ")",
                Command.changes("pct", "destroy", vmid).withDeadline(DESTROY)));
        operations.addAll(ConsoleLog.removed(left));
        operations.addAll(NameServers.removed(left));
        return Step.of(
                new Change(
                        left.address(),
                        Action.DESTROY,
                        List.of(),
                        List.of(
                                "its own disks are destroyed with all that is on them; what lies on mounted datasets stays"),
                        null,
                        null,
                        null),
                Phase.CHANGE,
                operations,
                Set.of());
    }

    private static Step forgetting(AppliedResource left, PlanContext context) {
        List<Operation> operations = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String vmid = left.choice("vmid");
        Guest guest = guest(left, context);
        GuestConf conf = guest == null ? null : guest.conf();
        String mark = Mark.of(context.applied().stack());
        if (conf == null || vmid == null) {
            notes.add("it is gone from the host");
        } else {
            notes.add("container " + vmid + " stays as it is; to destroy it: pct destroy " + vmid);
            SortedSet<String> tags = Mark.tags(conf);
            if (tags.remove(mark) && conf.option("lock") == null) {
                Command command = tags.isEmpty()
                        ? Command.changes("pct", "set", vmid, "--delete", "tags")
                        : Command.changes("pct", "set", vmid, "--tags", String.join(";", tags));
                operations.add(Operation.Run.of("take our mark off container " + vmid, command));
            }
        }
        return forget(left, notes, operations);
    }

    private static Step forget(AppliedResource left, List<String> notes, List<Operation> operations) {
        return Step.of(
                new Change(left.address(), Action.FORGET, List.of(), notes, null, null, null),
                Phase.CHANGE,
                operations,
                Set.of());
    }
}
