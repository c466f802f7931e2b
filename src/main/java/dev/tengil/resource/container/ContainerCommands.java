package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.VmId;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Judge;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commands that bring a container about. */
final class ContainerCommands {
    static final Duration UNPACK = Duration.ofMinutes(30);
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration INSTALL = Duration.ofMinutes(60);
    private static final long GIB = 1L << 30;

    /** Those that the create call keeps for every origin (an image overwrites env, entrypoint and cmode). */
    private static final Set<String> AT_CREATE =
            Set.of("memory", "swap", "cores", "cpulimit", "hostname", "timezone", "features", "pool");

    private ContainerCommands() {}

    /** Created stopped, with its root disk only: whatever is mounted while an image unpacks is overwritten by it. */
    static List<Operation> create(Container container, String volid, Container.Root root, String stack) {
        List<Operation> operations = new ArrayList<>();
        operations.addAll(AtCreation.prepared(container));
        operations.add(make(container, volid, root, stack));
        operations.addAll(configure(container));
        if (!"stopped".equals(container.state())) {
            operations.addAll(start(container));
            operations.addAll(install(container));
        }
        return operations;
    }

    /** The call that unpacks an image or a template into a root disk, as far as every such call is the same. */
    static List<String> unpacking(VmId vmid, String volid, Container.Root root, String tags) {
        return List.of(
                "pct",
                "create",
                vmid.toString(),
                volid,
                "--rootfs",
                root.storage() + ":" + gib(root.bytes()),
                "--unprivileged",
                "1",
                "--tags",
                tags);
    }

    static Operation make(Container container, String volid, Container.Root root, String stack) {
        List<String> argv = new ArrayList<>(List.of(
                "pct",
                "create",
                container.vmid().toString(),
                volid,
                "--rootfs",
                root.storage() + ":" + gib(root.bytes()),
                "--hostname",
                container.hostname(),
                "--unprivileged",
                Boolean.TRUE.equals(container.privileged()) ? "0" : "1",
                "--tags",
                String.join(";", tags(container, stack))));
        container.options().forEach((key, value) -> {
            if (AT_CREATE.contains(key) && !key.equals("hostname")) {
                argv.addAll(List.of("--" + key, value));
            }
        });
        container.defaults().forEach((key, value) -> {
            if (!key.equals("onboot")) {
                argv.addAll(List.of("--" + key, value));
            }
        });
        PropertyString net = container.net();
        if (net != null) {
            argv.addAll(List.of("--net0", net.print("name")));
        }
        String title = "create container " + container.vmid() + " (" + container.name() + ")";
        Command command = Command.changes(argv).withDeadline(UNPACK);
        return container.origin() instanceof Container.Origin.Image
                ? new Operation.Unpack(title, command)
                : new Operation.Run(title, command, null, true);
    }

    /** Everything that cannot be said, or must not be, in the call that makes it. */
    static List<Operation> configure(Container container) {
        List<Operation> operations = new ArrayList<>(guards(container));
        List<String> set = new ArrayList<>();
        container.options().forEach((key, value) -> {
            if (!AT_CREATE.contains(key) && !key.equals("entrypoint")) {
                set.addAll(List.of("--" + key, value));
            }
        });
        if (container.defaults().containsKey("onboot")) {
            set.addAll(List.of("--onboot", "1"));
        }
        int mp = 0;
        for (Mount mount : container.mounts()) {
            set.addAll(List.of("--mp" + mp++, mount.text()));
        }
        int dev = 0;
        for (String device : container.devices().values()) {
            set.addAll(List.of("--dev" + dev++, device));
        }
        if (!set.isEmpty()) {
            operations.add(set(container, set));
        }
        List<ConfEdit> edits = edits(container);
        if (!edits.isEmpty()) {
            operations.add(new Operation.EditConf(
                    "set environment and program of container " + container.vmid(), container.vmid(), edits));
        }
        return operations;
    }

    static Operation set(Container container, List<String> options) {
        List<String> argv =
                new ArrayList<>(List.of("pct", "set", container.vmid().toString()));
        argv.addAll(options);
        return Operation.Run.of(
                "configure container " + container.vmid() + " (" + container.name() + ")", Command.changes(argv));
    }

    /** Everything that only the config file can say. */
    private static List<ConfEdit> edits(Container container) {
        List<ConfEdit> edits = new ArrayList<>();
        container.env().forEach(variable -> edits.add(env(variable)));
        String entrypoint = container.options().get("entrypoint");
        if (entrypoint != null) {
            edits.add(new ConfEdit.SetOption("entrypoint", entrypoint));
            if (container.origin() instanceof Container.Origin.Image) {
                edits.add(new ConfEdit.SetOption("cmode", "console"));
            }
        }
        edits.addAll(AtCreation.edits(container));
        container.raw().forEach((key, value) -> edits.add(new ConfEdit.SetRaw(key, value)));
        container.files().values().forEach(line -> edits.add(new ConfEdit.AddRaw("lxc.mount.entry", line)));
        return edits;
    }

    static ConfEdit env(Container.Variable variable) {
        return new ConfEdit.SetEnv(variable.name(), variable.value(), variable.secret());
    }

    /** Nothing is bound or started over a directory whose dataset is not mounted. */
    static List<Operation> guards(Container container) {
        Set<Operation> guards = new LinkedHashSet<>();
        for (Mount mount : container.mounts()) {
            Place place = mount.place();
            if (place != null) {
                guards.add(new Operation.EnsureMounted(
                        "check that " + place.dataset() + " is mounted", place.dataset(), place.mountpoint()));
            }
        }
        return List.copyOf(guards);
    }

    static List<Operation> start(Container container) {
        return List.of(
                Operation.Run.of(
                        "start container " + container.vmid() + " (" + container.name() + ")",
                        Command.changes("pct", "start", container.vmid().toString())
                                .withDeadline(START)),
                running(container));
    }

    static List<Operation> restart(Container container) {
        return List.of(
                Operation.Run.of(
                        "restart container " + container.vmid() + " (" + container.name() + ")",
                        Command.changes("pct", "reboot", container.vmid().toString())
                                .withDeadline(START)),
                running(container));
    }

    static Operation stop(VmId vmid) {
        return Operation.Run.of(
                "stop container " + vmid,
                Command.changes("pct", "shutdown", vmid.toString(), "--timeout", "60", "--forceStop", "1")
                        .withDeadline(START));
    }

    static Operation running(Container container) {
        Judge judge = result -> result.out().contains("status: running")
                ? null
                : "container " + container.vmid() + " is not running; its program may have ended at once";
        return new Operation.Await(
                "wait until container " + container.vmid() + " runs",
                Command.reads("pct", "status", container.vmid().toString()),
                judge,
                Duration.ofSeconds(60));
    }

    static List<Operation> install(Container container) {
        List<Operation> operations = new ArrayList<>();
        if (!container.postInstall().isEmpty() && container.origin() instanceof Container.Origin.Image) {
            operations.add(shell(container));
        }
        container.postInstall().forEach(program -> {
            List<String> argv =
                    new ArrayList<>(List.of("pct", "exec", container.vmid().toString(), "--"));
            argv.addAll(program);
            operations.add(new Operation.Run(
                    "install in container " + container.vmid() + " (" + container.name() + ")",
                    Command.changes(argv).withDeadline(INSTALL),
                    null,
                    true));
        });
        return operations;
    }

    /** Some images hold their program and nothing else, which only shows once they are unpacked. */
    private static Operation shell(Container container) {
        String vmid = container.vmid().toString();
        return new Operation.Run(
                "look for a shell in container " + vmid + " (" + container.name() + ")",
                Command.reads("pct", "exec", vmid, "--", "sh", "-c", ":").withOkExits(0, 126, 127),
                result -> result.exit() == 0
                        ? null
                        : "the image of " + container.name()
                                + " has no shell, so post_install: cannot run in it; take it out of the file",
                false);
    }

    static Set<String> tags(Container container, String stack) {
        Set<String> tags = new java.util.TreeSet<>(container.tags());
        tags.add(Mark.of(stack));
        return tags;
    }

    /** Proxmox takes GiB with decimals. */
    private static String gib(long bytes) {
        return bytes % GIB == 0
                ? Long.toString(bytes / GIB)
                : new java.math.BigDecimal(bytes)
                        .divide(new java.math.BigDecimal(GIB))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    static Map<String, String> slots(Map<String, String> options, String prefix) {
        Map<String, String> slots = new java.util.TreeMap<>();
        options.forEach((key, value) -> {
            if (key.matches(prefix + "\\d+")) {
                slots.put(key, value);
            }
        });
        return slots;
    }
}
