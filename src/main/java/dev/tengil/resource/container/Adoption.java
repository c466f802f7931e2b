package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes over a container that somebody else made: it gets our mark, and nothing else changes. */
public final class Adoption {

    private Adoption() {}

    /** The step, or why it must not be. */
    public static Parsed<Step> step(Address address, Guest guest, String node, String stack) {
        GuestConf conf = guest.conf();
        if (!guest.container()) {
            return Parsed.bad("number " + guest.vmid() + " is a virtual machine, not a container");
        }
        if (conf == null || !guest.node().equals(node)) {
            return Parsed.bad("it lives on the node " + guest.node() + ", not on " + node);
        }
        String other = Mark.stackOf(conf);
        if (other != null && !Mark.of(other).equals(Mark.of(stack))) {
            return Parsed.bad("it belongs to the stack " + other);
        }
        if (conf.option("lock") != null) {
            return Parsed.bad("it is locked by Proxmox (" + conf.option("lock") + ")");
        }
        TreeMap<String, String> choices = new TreeMap<>();
        choices.put("vmid", guest.vmid().toString());
        AppliedResource outcome = new AppliedResource(address, new TreeMap<>(), choices);
        Change change = new Change(
                address,
                Action.ADOPT,
                List.of(),
                List.of("gets the tag " + Mark.of(stack) + "; nothing else is changed"),
                outcome,
                null,
                null);
        SortedSet<String> tags = new TreeSet<>(Mark.tags(conf));
        tags.add(Mark.of(stack));
        Operation mark = Operation.Run.of(
                "mark container " + guest.vmid(),
                Command.changes("pct", "set", guest.vmid().toString(), "--tags", String.join(";", tags)));
        return Parsed.ok(Step.of(change, Phase.CHANGE, List.of(mark), Set.of()));
    }
}
