package dev.tengil.resource.container;

import dev.tengil.host.Command;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.VmId;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Comparison;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.Guest;
import dev.tengil.resource.facts.GuestConf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Containers are made stopped, configured, then started; changed field by field; and never destroyed for having left the file. */
public final class ContainerKind implements Kind<Container> {

    @Override
    public String name() {
        return Container.KIND;
    }

    @Override
    public Class<Container> type() {
        return Container.class;
    }

    @Override
    public KindPlan plan(List<Container> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (Container container : desired) {
            one(container, desired, plan, context);
        }
        Map<String, Container> numbers = new HashMap<>();
        desired.forEach(container -> numbers.put(container.vmid().toString(), container));
        for (AppliedResource left : gone) {
            Container now = numbers.get(left.choice("vmid"));
            add(now == null ? Leaving.step(left, context) : Leaving.renamed(left, now), plan);
        }
        return plan.build();
    }

    private static void one(Container container, List<Container> all, KindPlan.Builder plan, PlanContext context) {
        Guest guest = context.facts().guests().get(container.vmid());
        AppliedResource applied = context.applied().get(container.address());
        SortedMap<String, FieldValue> fields =
                ContainerFields.desired(container, context.applied().salt());
        AppliedResource outcome = AppliedResource.of(container.address(), fields, container.choices());
        Aside half = Aside.halfDone(container.address(), context.applied(), context.facts());
        Resumption resumption = half == null ? null : new Resumption(container, all, context, fields, outcome, half);
        if (guest == null && resumption != null) {
            resumption.ofNone(plan);
            return;
        }
        if (guest == null) {
            if (renumbered(container, applied, context)) {
                return;
            }
            if (applied != null && !context.options().recreate().contains(container.address())) {
                refuse(
                        context,
                        container,
                        "container.vanished",
                        "container " + container.name() + " (" + container.vmid() + ") was made by tengil and is gone",
                        "If it was destroyed on purpose: tg apply --recreate " + container.address()
                                + ". If it was restored under another number, say vmid:.");
                return;
            }
            create(container, all, fields, outcome, plan, context);
            return;
        }
        GuestConf conf = Ownership.check(container, guest, applied, context);
        if (conf == null) {
            return;
        }
        if (resumption != null && resumption.of(guest, conf, plan)) {
            return;
        }
        if (half != null && Aside.hasDisk(conf, context.facts())) {
            // What stands there is the new one, and another is to take its place in turn.
            applied = context.applied().intended().get(container.address());
            half = null;
        }
        update(container, all, guest, conf, applied, fields, outcome, half, plan, context);
    }

    private static void add(@Nullable Step step, KindPlan.Builder plan) {
        if (step != null) {
            plan.add(step);
        }
    }

    /** Whether the file gives it another number than it has; says so. */
    private static boolean renumbered(Container container, @Nullable AppliedResource applied, PlanContext context) {
        String before = applied == null ? null : applied.choice("vmid");
        Guest guest = before == null
                ? null
                : context.facts().guests().get(VmId.parse(before).orThrow());
        boolean other = guest != null && !guest.vmid().equals(container.vmid());
        if (other) {
            refuse(
                    context,
                    container,
                    "container.vmid-fixed",
                    "container " + container.name() + " is number " + before + ", and a number cannot be changed",
                    "Write vmid: " + before + ", or take vmid: out.");
        }
        return other;
    }

    private static void create(
            Container container,
            List<Container> all,
            SortedMap<String, FieldValue> fields,
            AppliedResource outcome,
            KindPlan.Builder plan,
            PlanContext context) {
        String volid = Renewable.volid(container);
        Container.Root root = container.root();
        if (volid.isEmpty() || root == null) {
            refuse(
                    context,
                    container,
                    "container.not-found",
                    "there is no container " + container.vmid(),
                    "It has neither image nor template, so it must exist.");
            return;
        }
        List<FieldChange> shown = new ArrayList<>();
        shown.add(new FieldChange("vmid", null, container.vmid().toString(), Effect.LIVE, null));
        fields.forEach((name, value) -> {
            // Every container is unprivileged, but for those that say otherwise.
            if (!name.equals("unprivileged") || value.canonical().equals("0")) {
                shown.add(new FieldChange(name, null, value.shown(), Effect.LIVE, null));
            }
        });
        Change change = new Change(
                container.address(), Action.CREATE, shown, container.notes(), outcome, null, container.span());
        List<Operation> operations = ContainerCommands.create(
                container, volid, root, context.applied().stack());
        Readiness readiness = new Readiness(container, all);
        plan.add(
                "stopped".equals(container.state())
                        ? readiness.quiet(change, operations).exclusively("storage:" + root.storage())
                        : readiness.around(change, operations, "storage:" + root.storage()));
    }

    private static void update(
            Container container,
            List<Container> all,
            Guest guest,
            GuestConf conf,
            @Nullable AppliedResource applied,
            SortedMap<String, FieldValue> fields,
            AppliedResource outcome,
            @Nullable Aside half,
            KindPlan.Builder plan,
            PlanContext context) {
        String salt = context.applied().salt();
        SortedMap<String, FieldValue> actual = ContainerFields.actual(container, guest, conf, applied, salt, true);
        boolean rebuilt = applied != null && applied.fields().isEmpty();
        Set<String> remembered = applied == null || rebuilt ? Set.of("image", "template") : Set.of();
        List<String> notes = new ArrayList<>(container.notes());
        List<FieldChange> changes = new ArrayList<>();
        for (FieldChange found : Comparison.changes(
                fields, actual, applied, (name, removed) -> Effects.of(name, removed, actual.containsKey(name)))) {
            FieldChange change = ImageEnv.back(Defaults.back(found, container), applied);
            if (change == null
                    || remembered.contains(change.field())
                    || (rebuilt && change.field().equals("post_install"))) {
                continue;
            }
            if (Refusals.keep(container, change, fields, actual, context)) {
                changes.add(change);
            }
        }
        boolean running = guest.running();
        SortedSet<String> waiting = Waiting.of(
                guest, applied, fields, actual, ContainerFields.actual(container, guest, conf, applied, salt, false));
        boolean wait = !waiting.isEmpty();
        boolean restart = running
                && !"stopped".equals(container.state())
                && (wait || changes.stream().anyMatch(change -> change.effect() == Effect.RESTART));
        boolean needsMark = !(container.origin() instanceof Container.Origin.Existing)
                && !Mark.tags(conf).contains(Mark.of(context.applied().stack()));
        boolean replace = changes.stream().anyMatch(change -> change.effect() == Effect.RECREATE);
        boolean asked = context.options().replace().contains(container.address());
        boolean another =
                !replace && changes.stream().anyMatch(change -> change.field().equals("image"));
        if (half != null || asked || another) {
            boolean update = half != null ? half.update() : another && !asked;
            add(
                    new Renewal(container, all, context, fields, applied, outcome)
                            .step(guest, conf, half, changes, update ? Action.RESTART : Action.REPLACE),
                    plan);
            return;
        }
        // An earlier apply was cut off between creating and starting it, or between stopping it and setting its disk
        // aside.
        Aside begun = Aside.wasPutBack(container.address(), context.applied())
                ? null
                : Aside.begun(container.address(), context.applied());
        boolean stopped = begun != null && begun.running();
        boolean cutOff = applied == null && context.applied().intended().containsKey(container.address());
        boolean unfinished = (cutOff || stopped) && !running && !"stopped".equals(container.state());
        boolean left = Trial.of(container.vmid()).isLeft(context.facts());
        // It boots with the host only once it is complete, so that cut-off apply has not said so yet.
        boolean boots = cutOff && container.defaults().containsKey("onboot") && conf.option("onboot") == null;
        boolean unproven = container.health() != null
                && running
                && context.applied().intended().containsKey(container.address())
                && !Aside.wasPutBack(container.address(), context.applied());
        List<ConfEdit> late = cutOff ? AtCreation.missing(container, conf) : List.of();
        if (changes.isEmpty()
                && late.isEmpty()
                && !unproven
                && !needsMark
                && !unfinished
                && !boots
                && !left
                && !(wait && context.options().restart())) {
            if (applied != null) {
                plan.unchanged(wait ? Waiting.remember(outcome, guest, waiting) : outcome);
            } else {
                plan.add(Step.of(
                        new Change(
                                container.address(), Action.ADOPT, List.of(), notes, outcome, null, container.span()),
                        Phase.CHANGE,
                        List.of(),
                        container.dependsOn()));
            }
            return;
        }
        List<Operation> operations = new ArrayList<>(new ContainerUpdate(container, conf)
                .operations(changes, needsMark ? Mark.of(context.applied().stack()) : null));
        if (!late.isEmpty()) {
            operations.add(new Operation.EditConf(
                    "complete the config of container " + container.vmid(), container.vmid(), late));
        }
        if (boots) {
            operations.add(Operation.Run.of(
                    "let container " + container.vmid() + " start with the host",
                    Command.changes("pct", "set", container.vmid().toString(), "--onboot", "1")));
        }
        if (left) {
            operations.addAll(Trial.of(container.vmid()).gone());
            notes.add(
                    "an apply that ended early had left the container in which it tried an image out: it is destroyed");
        }
        if (unproven) {
            notes.add("whether it works was not seen when it was last changed: it is asked again");
        }
        AppliedResource kept = outcome;
        boolean starts = changes.stream().anyMatch(c -> c.field().equals("state") && "running".equals(c.after()));
        boolean stops = changes.stream().anyMatch(c -> c.field().equals("state") && "stopped".equals(c.after()));
        if (restart && context.options().restart() && !replace) {
            operations.addAll(ContainerCommands.guards(container));
            operations.addAll(ContainerCommands.restart(container));
            if (wait) {
                notes.add("set already and waits for a restart: " + String.join(", ", waiting));
            }
        } else if (restart) {
            notes.add("takes effect when the container starts the next time");
            changes.stream()
                    .filter(change -> change.effect() == Effect.RESTART)
                    .forEach(change -> waiting.add(change.field()));
            kept = Waiting.remember(outcome, guest, waiting);
        }
        if (unfinished || boots) {
            notes.add(
                    stopped
                            ? "an apply that ended early had stopped it: it is started"
                            : "an apply that ended early had made it: it is completed"
                                    + (unfinished ? " and started" : ""));
        }
        if (unfinished && begun != null) {
            operations.add(new WayBack(container.vmid()).rulesBack());
            operations.addAll(begun.belongings().back(container.vmid(), true));
        }
        if (starts || unfinished) {
            operations.addAll(ContainerCommands.guards(container));
            operations.addAll(ContainerCommands.start(container));
        } else if (stops) {
            operations.add(ContainerCommands.stop(container.vmid()));
        }
        boolean installs = changes.stream().anyMatch(change -> change.field().equals("post_install"));
        boolean installed = installs && !running && !starts && !unfinished && !"stopped".equals(container.state());
        if (installed) {
            operations.addAll(ContainerCommands.guards(container));
            operations.addAll(ContainerCommands.start(container));
        }
        if (installs && !stops && !"stopped".equals(container.state())) {
            operations.addAll(ContainerCommands.install(container));
        }
        Action action = replace
                ? Action.REPLACE
                : applied == null && container.origin() instanceof Container.Origin.Existing
                        ? Action.ADOPT
                        : restart && context.options().restart() ? Action.RESTART : Action.UPDATE;
        if (replace) {
            notes.add(Renewal.survives(container));
        }
        Change change = new Change(
                container.address(),
                action,
                changes,
                notes,
                kept,
                replace ? "add --replace " + container.address() : null,
                container.span());
        boolean tried = (restart && context.options().restart() && !replace) || starts || unfinished || installed;
        Readiness readiness = new Readiness(container, all);
        plan.add(
                tried || (unproven && !stops)
                        ? readiness.around(change, operations)
                        : readiness.quiet(change, operations));
    }

    static void refuse(PlanContext context, Container container, String code, String message, String help) {
        context.diagnostics()
                .add(Diagnostic.error(code, message).at(container.span()).help(help));
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        List<AppliedResource> found = new ArrayList<>();
        for (Map.Entry<VmId, Guest> entry : facts.guests().entrySet()) {
            GuestConf conf = entry.getValue().conf();
            if (conf != null && Mark.tags(conf).contains(Mark.of(stack))) {
                SortedMap<String, String> choices = new TreeMap<>();
                choices.put("vmid", entry.getKey().toString());
                String mac = PropertyString.parse(String.valueOf(conf.option("net0")))
                        .get("hwaddr");
                if (mac != null) {
                    choices.put("mac", mac);
                }
                found.add(
                        new AppliedResource(Container.addressOf(entry.getValue().name()), new TreeMap<>(), choices));
            }
        }
        return found;
    }
}
