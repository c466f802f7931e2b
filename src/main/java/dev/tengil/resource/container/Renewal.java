package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.Undo;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A new container in the place of one: same number, same hardware address, same mounts, another root disk. The old root disk is renamed to
 * a name that Proxmox takes no notice of, so that destroying the old container leaves it; should the new one not work, the old one comes
 * back with it. See docs/decisions/0008.
 *
 * <p>What an apply that was cut off left is told by the disks: the old root disk lies aside or not, and the container that stands there
 * has its root disk or not.
 */
final class Renewal {

    private final Container container;
    private final Collection<Container> all;
    private final PlanContext context;
    private final SortedMap<String, FieldValue> fields;
    private final @Nullable AppliedResource applied;
    private final AppliedResource outcome;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Undo> undo = new ArrayList<>();
    private final List<String> notes;
    private final WayBack way;

    /**
     * @param all every container of the file
     * @param applied what the file owned of the old one
     */
    Renewal(
            Container container,
            Collection<Container> all,
            PlanContext context,
            SortedMap<String, FieldValue> fields,
            @Nullable AppliedResource applied,
            AppliedResource outcome) {
        this.container = container;
        this.all = all;
        this.context = context;
        this.fields = fields;
        this.applied = applied;
        this.outcome = outcome;
        this.notes = new ArrayList<>(container.notes());
        this.way = new WayBack(container.vmid());
    }

    /** What the person should know before agreeing. */
    static String survives(Container container) {
        int mounts = container.mounts().size();
        return "its root disk is made anew; " + mounts + (mounts == 1 ? " mount" : " mounts") + " kept";
    }

    private String stack() {
        return context.applied().stack();
    }

    /**
     * The old one stands there, perhaps without its disk already.
     *
     * @param half what an apply that was cut off had begun; null at the first attempt
     * @return null after saying why it cannot be
     */
    @Nullable
    Step step(Guest guest, GuestConf conf, @Nullable Aside half, List<FieldChange> changes, Action action) {
        DatasetName disk = Aside.disk(conf, context.facts());
        Container.Root root = container.root();
        if (Renewable.refused(container, conf, disk, context) || disk == null || root == null) {
            return null;
        }
        boolean update = changes.stream().anyMatch(change -> change.field().equals("image"));
        Aside aside = half != null ? half : aside(guest, disk, update);
        if (half == null) {
            operations.addAll(AtCreation.prepared(container));
        }
        if (half == null && update) {
            trial(root);
        }
        if (guest.running()) {
            // The old one is not stopped for a new one that lacks what it needs.
            operations.addAll(new Readiness(container, all).healthyFirst());
        }
        int stop = operations.size();
        if (guest.running()) {
            operations.add(ContainerCommands.stop(container.vmid()));
        }
        Snapshots snapshots = snapshots(aside);
        if (half == null && update && isSnapshotted()) {
            operations.addAll(snapshots.taken());
        }
        operations.add(way.keepConfig(aside.config(stack())));
        int rename = operations.size();
        if (half == null) {
            operations.add(Operation.Run.of(
                    "set the root disk of container " + container.vmid() + " aside",
                    Command.changes(
                            "zfs", "rename", disk.value(), aside.dataset().value())));
        }
        int rules = operations.size();
        operations.add(way.keepRules());
        int destroy = operations.size();
        operations.add(way.destroy("old"));
        operations.add(way.rulesBack());
        int create = operations.size();
        make(root, conf, aside);
        int start = start(aside);
        undo.addAll(new Return(container, stack(), aside)
                .undo(new Return.From(stop, rename, rules, destroy, create, start), null, data(aside, snapshots)));
        Renewable.tell(container, conf, aside, changes, context, notes);
        tellOfData(aside, snapshots);
        return done(changes, action, aside);
    }

    /** The old one is gone and no new one stands yet. */
    @Nullable
    Step carriedOn(Aside aside) {
        Container.Root root = container.root();
        if (root == null) {
            return null;
        }
        operations.add(way.rulesBack());
        GuestConf conf = kept(aside);
        make(root, conf, aside);
        int start = start(aside);
        undo.addAll(new Return(container, stack(), aside)
                .undo(new Return.From(0, 0, 0, 0, 1, start), null, data(aside, snapshots(aside))));
        notes.add("an apply that ended early had taken the old one away: the new one is made now");
        return done(image(), aside.update() ? Action.RESTART : Action.REPLACE, aside);
    }

    /** The new one stands, and nobody knows whether it works. Its own root disk is kept too, should it have been in use for long. */
    @Nullable
    Step finished(Guest guest, Aside aside) {
        Container.Root root = container.root();
        GuestConf conf = guest.conf();
        DatasetName disk = conf == null ? null : Aside.disk(conf, context.facts());
        if (root == null) {
            return null;
        }
        if (!guest.running()) {
            configure(kept(aside), aside);
        }
        int start = start(aside);
        undo.addAll(new Return(container, stack(), aside)
                .undo(new Return.From(0, 0, 0, 0, 0, start), disk, data(aside, snapshots(aside))));
        notes.add(
                "an apply that ended early had made the new one: it is completed, and the old one comes back if it does not work");
        return done(image(), aside.update() ? Action.RESTART : Action.REPLACE, aside);
    }

    /**
     * The file no longer asks for the image that an apply which was cut off had begun with: the old one is put back.
     *
     * @param guest what stands there; null for nothing
     */
    Step takenBack(@Nullable Guest guest, Aside aside) {
        GuestConf conf = guest == null ? null : guest.conf();
        DatasetName spare =
                conf == null || !Aside.hasDisk(conf, context.facts()) ? null : Aside.disk(conf, context.facts());
        operations.addAll(new Return(container, stack(), aside).now(spare != null, guest == null, spare));
        notes.add("an apply that ended early had begun to make another: the old one is put back");
        Change change =
                new Change(container.address(), Action.RESTART, List.of(), notes, outcome, null, container.span());
        return Step.of(change, Phase.CHANGE, operations, container.dependsOn());
    }

    private Aside aside(Guest guest, DatasetName disk, boolean update) {
        Aside begun = Aside.begun(container.address(), context.applied());
        Aside open = Aside.wasPutBack(container.address(), context.applied()) ? null : begun;
        Belongings belongings = Belongings.of(guest, context.facts());
        return new Aside(
                Aside.name(disk, container.vmid().toString(), generation(), context.facts()),
                disk,
                guest.running() || (open != null && open.running()),
                update,
                begun == null ? 1 : begun.attempt() + 1,
                open == null ? belongings : belongings.or(open.belongings()));
    }

    private int generation() {
        return context.applied().generation() + 1;
    }

    private boolean isSnapshotted() {
        return container.update().snapshot() && context.options().snapshot();
    }

    private Snapshots snapshots(Aside aside) {
        return new Snapshots(
                container,
                all,
                context.facts().datasets(),
                context.facts().guests().values(),
                generation(),
                aside.attempt());
    }

    private List<Operation> data(Aside aside, Snapshots snapshots) {
        return aside.update() && isSnapshotted() && context.options().withData() ? snapshots.back() : List.of();
    }

    private void tellOfData(Aside aside, Snapshots snapshots) {
        if (!aside.update() || snapshots.tops().isEmpty()) {
            return;
        }
        String where = String.join(
                ", ",
                snapshots.tops().stream()
                        .map(each -> each + "@" + snapshots.name())
                        .toList());
        notes.add(
                !isSnapshotted()
                        ? "no snapshot of its data is taken, so its data has no way back"
                        : "its data is kept as it is in " + where
                                + (context.options().withData()
                                        ? "; it comes back together with the old one"
                                        : "; should the old one come back, its data stays as the new one left it, unless --with-data"));
    }

    /** The old container's config as it was kept; null when that cannot be read. */
    private @Nullable GuestConf kept(Aside aside) {
        HostPath path = aside.config(stack());
        var file = context.facts().files().get(path);
        return file == null ? null : GuestConf.parse(file.content().latin1());
    }

    /** Unpacks the image for nothing, while the old container still runs: what Proxmox cannot unpack costs no time then. */
    private void trial(Container.Root root) {
        Trial trial = Trial.of(container.vmid());
        if (trial.isTaken(context.facts())) {
            notes.add("number " + trial.vmid() + " is taken, so the image is not tried out beforehand");
            return;
        }
        if (trial.isLeft(context.facts())) {
            operations.addAll(trial.gone());
        }
        int from = operations.size();
        operations.addAll(trial.operations(Renewable.volid(container), root));
        trial.gone().forEach(operation -> undo.add(new Undo(from, operations.size(), operation)));
    }

    private void make(Container.Root root, @Nullable GuestConf old, Aside aside) {
        operations.add(ContainerCommands.make(container, Renewable.volid(container), sized(root, old), stack()));
        configure(old, aside);
    }

    /** Where the file gives no size, the old one's counts: somebody may have let it grow. */
    private static Container.Root sized(Container.Root root, @Nullable GuestConf old) {
        String size = old == null
                ? null
                : PropertyString.parse(String.valueOf(old.option("rootfs"))).get("size");
        return root.owned()
                        || size == null
                        || !(ByteSize.parse(size, 'B') instanceof Parsed.Ok<ByteSize>(ByteSize bytes))
                ? root
                : new Container.Root(root.storage(), bytes.bytes(), false);
    }

    private void configure(@Nullable GuestConf old, Aside aside) {
        operations.addAll(ContainerCommands.configure(container));
        List<ConfEdit> edits =
                old == null ? List.of() : new Carried(container, old, fields, applied, Mark.of(stack())).edits();
        if (!edits.isEmpty()) {
            operations.add(new Operation.EditConf(
                    "carry over what was set on container " + container.vmid() + " by hand", container.vmid(), edits));
        }
        operations.addAll(
                aside.belongings().back(container.vmid(), !container.options().containsKey("pool")));
    }

    /** The number of the first operation by which the new program may touch the data. */
    private int start(Aside aside) {
        int start = operations.size();
        boolean starts =
                "running".equals(container.state()) || (!"stopped".equals(container.state()) && aside.running());
        if (starts) {
            Guest guest = context.facts().guests().get(container.vmid());
            boolean runs = guest != null && guest.running() && operations.isEmpty();
            operations.addAll(runs ? ContainerCommands.guards(container) : ContainerCommands.start(container));
            operations.addAll(Gate.steady(container));
            operations.addAll(ContainerCommands.install(container));
            operations.addAll(Gate.health(container));
        } else {
            notes.add("it does not run, so nobody sees yet whether the new one works");
        }
        return start;
    }

    private List<FieldChange> image() {
        FieldValue wanted = fields.get("image");
        String before = applied == null ? null : applied.fields().get("image");
        return wanted == null || before == null || before.equals(wanted.canonical())
                ? List.of()
                : List.of(new FieldChange(
                        "image",
                        ContainerFields.image(before).shown(),
                        wanted.shown(),
                        dev.tengil.resource.Effect.RESTART,
                        null));
    }

    private Step done(List<FieldChange> changes, Action action, Aside aside) {
        SortedMap<String, String> choices = new TreeMap<>(outcome.choices());
        aside.into(choices);
        boolean waits = action == Action.RESTART
                && aside.running()
                && !context.options().restart();
        Change change = new Change(
                container.address(),
                action,
                changes,
                notes,
                new AppliedResource(outcome.address(), outcome.fields(), choices),
                waits ? "it needs a restart; leave --no-restart out" : null,
                container.span());
        Container.Root root = container.root();
        return new Step(
                List.of(change),
                Phase.CHANGE,
                operations,
                container.dependsOn(),
                root == null ? Set.of() : Set.of("storage:" + root.storage()),
                undo,
                Integer.MAX_VALUE,
                new Readiness(container, all).afterStart());
    }
}
