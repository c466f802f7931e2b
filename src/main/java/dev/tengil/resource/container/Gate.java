package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.VmId;
import dev.tengil.resource.Judge;
import dev.tengil.resource.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new container must stand before the old one is given up: that it goes on running. Whatever else tells that an application works
 * belongs into this list.
 */
final class Gate {

    /** Programs that cannot work with their data mostly end at once, or after a few tries to read it. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private static final String LINES = "20";

    private Gate() {}

    /** After the start; the first that fails is why the old one comes back. */
    static List<Operation> operations(Container container) {
        VmId vmid = container.vmid();
        Judge judge = result -> result.out().contains("status: running")
                ? null
                : "container " + vmid + " does not go on running; its program has ended";
        return List.of(new Operation.Steady(
                "see that container " + vmid + " goes on running",
                Command.reads("pct", "status", vmid.toString()),
                judge,
                LONG_ENOUGH));
    }

    /** Where it may have said why it does not work. */
    static List<Operation> witnesses(Container container) {
        VmId vmid = container.vmid();
        List<Operation> witnesses = new ArrayList<>();
        String log = container.raw().get("lxc.console.logfile");
        if (log != null) {
            witnesses.add(new Operation.Show(
                    "look at what container " + vmid + " printed", Command.reads("tail", "-n", LINES, "--", log)));
        }
        witnesses.addAll(List.of(
                new Operation.Show(
                        "look at what the start of container " + vmid + " said",
                        Command.reads("tail", "-n", LINES, "--", "/run/pve/ct-" + vmid + ".stderr")),
                new Operation.Show(
                        "look at what the host noted of container " + vmid,
                        Command.reads(
                                "journalctl",
                                "--no-pager",
                                "--output=cat",
                                "-n",
                                LINES,
                                "-u",
                                "pve-container@" + vmid))));
        return witnesses;
    }
}
