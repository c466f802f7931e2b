package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.VmId;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.StateFolder;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A new container in the place of one: same number, same hardware address, same mounts. The old root disk is renamed to a name that
 * Proxmox takes no notice of, so that destroying the old container leaves it (tried on pve-container 6.1 with ZFS: the missing disk is
 * no error). Before that the old container loses our mark, so that an apply that follows an interrupted one can tell old from new.
 */
final class Replacement {

    private static final String ASIDE = "aside";
    private static final String KEPT = ".tengil";

    /** Options that every container has, or that a new one gets from the file or from Proxmox. */
    private static final Set<String> MADE_ANEW = Set.of(
            "arch",
            "cmode",
            "cores",
            "entrypoint",
            "features",
            "hostname",
            "memory",
            "net0",
            "onboot",
            "ostype",
            "rootfs",
            "swap",
            "tags",
            "unprivileged");

    private final Container container;
    private final Guest guest;
    private final GuestConf conf;
    private final PlanContext context;
    private final String name;

    Replacement(Container container, Guest guest, GuestConf conf, PlanContext context) {
        this.container = container;
        this.guest = guest;
        this.conf = conf;
        this.context = context;
        this.name =
                "tengil-aside-" + container.vmid() + "-g" + (context.applied().generation() + 1);
    }

    /** Whether an apply was cut off while it replaced this container, and had begun. */
    static boolean isHalfDone(Address address, @Nullable GuestConf conf, Applied applied, Facts facts) {
        AppliedResource intended = applied.intended().get(address);
        String aside = intended == null ? null : intended.choice(ASIDE);
        boolean unmarked = conf != null && !Mark.tags(conf).contains(Mark.of(applied.stack()));
        return aside != null && (unmarked || facts.datasets().containsKey(DatasetName.of(aside)));
    }

    /** The pools in which disks were being set aside. */
    static SortedSet<String> pools(Applied applied) {
        SortedSet<String> pools = new TreeSet<>();
        applied.intended().values().forEach(intended -> {
            String aside = intended.choice(ASIDE);
            if (aside != null) {
                pools.add(DatasetName.of(aside).pool());
            }
        });
        return pools;
    }

    /** Whether what stands there is the new one already: a half done replacement takes the mark off the old one before all else. */
    static boolean isNew(GuestConf conf, PlanContext context) {
        return Mark.tags(conf).contains(Mark.of(context.applied().stack()));
    }

    /** Puts the firewall rules back that were kept while the old container was destroyed; they need not be there. */
    static Operation rulesBack(VmId vmid) {
        return moved("put the firewall rules of container " + vmid + " back", rules(vmid) + KEPT, rules(vmid));
    }

    private static String rules(VmId vmid) {
        return "/etc/pve/firewall/" + vmid + ".fw";
    }

    private static Operation moved(String title, String from, String to) {
        return new Operation.Run(
                title,
                Command.changes("mv", "--", from, to).withOkExits(0, 1),
                result -> result.exit() == 0 || result.err().contains("No such file or directory")
                        ? null
                        : "mv failed with exit code " + result.exit(),
                false);
    }

    /** What the person should know before agreeing. */
    static String survives(Container container) {
        int mounts = container.mounts().size();
        return "its root disk is set aside; " + mounts + (mounts == 1 ? " mount" : " mounts") + " kept";
    }

    /** The step, or null after saying why it cannot be. */
    @Nullable
    Step step(SortedMap<String, FieldValue> fields, List<FieldChange> changes, AppliedResource outcome) {
        String volid = switch (container.origin()) {
            case Container.Origin.Image image -> image.volid();
            case Container.Origin.Template template -> template.volid();
            case Container.Origin.Existing _ -> "";
        };
        Container.Root root = container.root();
        DatasetName disk = disk();
        Refusal refusal = refusal(volid, disk);
        if (refusal != null || root == null || disk == null) {
            ContainerKind.refuse(
                    context,
                    container,
                    "container.not-replaceable",
                    "container " + container.name() + " cannot be replaced: "
                            + (refusal == null ? "it has no root disk" : refusal.why()),
                    refusal == null ? "See: pct config " + container.vmid() : refusal.help());
            return null;
        }
        DatasetName aside = disk.parent().child(name);
        SortedMap<String, String> choices = new TreeMap<>(outcome.choices());
        choices.put(ASIDE, aside.value());
        List<String> notes = new ArrayList<>(container.notes());
        notes.add(survives(container) + " (now " + aside + ")");
        SortedSet<String> lost = byHand(fields);
        if (!lost.isEmpty()) {
            notes.add("set by hand and not carried over: " + String.join(", ", lost) + "; the old config is kept as "
                    + saved());
        }
        Change change = new Change(
                container.address(),
                Action.REPLACE,
                changes,
                notes,
                new AppliedResource(outcome.address(), outcome.fields(), choices),
                null,
                container.span());
        List<Operation> operations = setAside(disk, aside);
        operations.addAll(ContainerCommands.create(
                container, volid, root, context.applied().stack()));
        return Step.of(change, Phase.CHANGE, operations, container.dependsOn())
                .exclusively("storage:" + root.storage());
    }

    private record Refusal(String why, String help) {}

    private @Nullable Refusal refusal(String volid, @Nullable DatasetName disk) {
        String byHand = "By hand: vzdump " + container.vmid() + ", then pct destroy " + container.vmid()
                + ", then tg apply --recreate " + container.address() + ".";
        if (volid.isEmpty()) {
            return new Refusal("the file does not say from what to make it anew", "Add image: or template:.");
        }
        if ("1".equals(conf.option("protection"))) {
            return new Refusal("Proxmox protects it", "To lift that: pct set " + container.vmid() + " --protection 0");
        }
        List<String> disks = conf.options().entrySet().stream()
                .filter(option -> option.getKey().startsWith("unused")
                        || (option.getKey().matches("mp\\d+")
                                && !option.getValue().startsWith("/")))
                .map(Map.Entry::getKey)
                .toList();
        if (!disks.isEmpty()) {
            return new Refusal(
                    "it has disks of its own that would be destroyed with it (" + String.join(", ", disks) + ")",
                    "Move what is on them to a dataset, then take them off: pct set " + container.vmid() + " --delete "
                            + String.join(",", disks));
        }
        return disk == null
                ? new Refusal("its root disk lies on no ZFS storage, so it cannot be set aside", byHand)
                : null;
    }

    /** The dataset of the root disk; null where it is none. */
    private @Nullable DatasetName disk() {
        String rootfs =
                PropertyString.parse(String.valueOf(conf.option("rootfs"))).first();
        int colon = rootfs.indexOf(':');
        Storage storage = colon < 0 ? null : context.facts().storages().get(rootfs.substring(0, colon));
        String pool = storage == null || !storage.type().equals("zfspool") ? null : storage.pool();
        return pool != null
                        && DatasetName.parse(pool + "/" + rootfs.substring(colon + 1))
                                instanceof Parsed.Ok<DatasetName>(DatasetName disk)
                ? disk
                : null;
    }

    private HostPath saved() {
        return StateFolder.of(context.applied().stack()).resolve(name + ".conf");
    }

    private SortedSet<String> byHand(SortedMap<String, FieldValue> fields) {
        SortedSet<String> lost = new TreeSet<>();
        conf.options().forEach((key, value) -> {
            boolean mount = key.matches("mp\\d+");
            boolean known = MADE_ANEW.contains(key)
                    || fields.containsKey(key)
                    || (mount && fields.containsKey("mount." + Mount.target(value)))
                    || key.matches("dev\\d+");
            if (!known) {
                lost.add(key);
            }
        });
        return lost;
    }

    /** Each of these may have been done by an apply that was cut off. */
    private List<Operation> setAside(DatasetName disk, DatasetName aside) {
        String vmid = container.vmid().toString();
        List<Operation> operations = new ArrayList<>();
        if (guest.running()) {
            operations.add(ContainerCommands.stop(container.vmid()));
        }
        operations.add(Operation.Run.of(
                "keep the config of container " + vmid,
                Command.changes("install", "-m", "0600", "--", "/etc/pve/lxc/" + vmid + ".conf", saved().value())));
        SortedSet<String> tags = Mark.tags(conf);
        if (tags.remove(Mark.of(context.applied().stack()))) {
            operations.add(Operation.Run.of(
                    "take our mark off the old container " + vmid,
                    tags.isEmpty()
                            ? Command.changes("pct", "set", vmid, "--delete", "tags")
                            : Command.changes("pct", "set", vmid, "--tags", String.join(";", tags))));
        }
        operations.add(new Operation.Run(
                "set the root disk of container " + vmid + " aside",
                Command.changes("zfs", "rename", disk.value(), aside.value()).withOkExits(0, 1),
                result -> result.exit() == 0 || result.err().contains("'" + disk + "': dataset does not exist")
                        ? null
                        : "zfs failed with exit code " + result.exit(),
                false));
        // Proxmox removes the firewall rules of a container that it destroys.
        operations.add(moved(
                "keep the firewall rules of container " + vmid,
                rules(container.vmid()),
                rules(container.vmid()) + KEPT));
        operations.add(Operation.Run.of("destroy the old container " + vmid, Command.changes("pct", "destroy", vmid)));
        operations.add(rulesBack(container.vmid()));
        return operations;
    }
}
