package dev.tengil.resource.container;

import dev.tengil.host.Command;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** A container that left the file loses our mark and stays as it is. */
final class Forgetting {

    private Forgetting() {}

    static Step step(AppliedResource left, PlanContext context) {
        List<Operation> operations = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String vmid = left.choice("vmid");
        Guest guest = vmid == null
                ? null
                : context.facts().guests().get(VmId.parse(vmid).orThrow());
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
        return Step.of(
                new Change(left.address(), Action.FORGET, List.of(), notes, null, null, null),
                Phase.CHANGE,
                operations,
                Set.of());
    }
}
