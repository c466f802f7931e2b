package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.VmId;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.Judge;
import dev.tengil.resource.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a new container must stand before the old one is given up: that it goes on running, and is healthy where somebody said how to tell. */
final class Gate {

    /** Programs that cannot work with their data mostly end at once, or after a few tries to read it. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    private static final String LINES = "20";

    private Gate() {}

    /** Right after the start; if it fails the old one comes back. */
    static List<Operation> steady(Container container) {
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

    /** Once all is installed; nothing where nobody said how to tell. */
    static List<Operation> health(Container container) {
        HealthCheck check = container.health();
        return check == null ? List.of() : List.of(Operation.AwaitHealth.of(container.vmid(), container.name(), check));
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
