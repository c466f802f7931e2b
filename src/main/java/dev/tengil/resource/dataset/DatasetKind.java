package dev.tengil.resource.dataset;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Comparison;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Datasets are made, adopted by being declared, changed in what the file owns, and never destroyed unless that is asked for by name. */
public final class DatasetKind implements Kind<DatasetResource> {

    /** User property that marks what this stack owns; counts only with source {@code local}. */
    public static final String MARK = "tengil:owner";

    private static final String GUID = "guid";

    @Override
    public String name() {
        return "dataset";
    }

    @Override
    public Class<DatasetResource> type() {
        return DatasetResource.class;
    }

    @Override
    public KindPlan plan(List<DatasetResource> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (DatasetResource wanted : desired) {
            Dataset found = context.facts().datasets().get(wanted.name());
            if (found == null) {
                missing(wanted, MountOrder.before(wanted, desired), plan, context);
            } else {
                present(wanted, found, plan, context);
            }
        }
        for (AppliedResource left : gone) {
            Step step = Leaving.step(left, context);
            if (step != null) {
                plan.add(step);
            }
        }
        return plan.build();
    }

    private static void missing(
            DatasetResource wanted, Set<Address> after, KindPlan.Builder plan, PlanContext context) {
        Set<String> pools = context.facts().pools().keySet();
        if (!pools.contains(wanted.name().pool())) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "dataset.no-pool",
                                    "the host has no pool \"" + wanted.name().pool() + "\"")
                            .at(wanted.span())
                            .help((pools.isEmpty()
                                            ? "No pool is imported"
                                            : "Pools that are imported: " + String.join(", ", pools))
                                    + ". To import one: zpool import "
                                    + wanted.name().pool()));
            return;
        }
        AppliedResource applied = context.applied().get(wanted.address());
        if (applied != null && !context.options().recreate().contains(wanted.address())) {
            context.diagnostics()
                    .add(vanished(wanted.address(), applied, context).at(wanted.span()));
            return;
        }
        boolean taken = MountPlace.refused(wanted, context);
        if (Encrypted.refused(wanted, context) || taken) {
            return;
        }
        List<FieldChange> fields = new ArrayList<>();
        fields(wanted)
                .forEach((name, value) -> fields.add(new FieldChange(name, null, value.shown(), Effect.LIVE, null)));
        Change change = new Change(
                wanted.address(), Action.CREATE, fields, List.of(), outcome(wanted, null), null, wanted.span());
        plan.add(Step.of(change, Phase.CHANGE, DatasetCommands.create(wanted, context), after));
    }

    private static Diagnostic vanished(Address address, AppliedResource applied, PlanContext context) {
        Dataset renamed = renamed(applied, context);
        if (renamed != null) {
            return Diagnostic.error("conflict.renamed", address + " is now called " + renamed.name())
                    .help("Use the new name in the file, or rename it back: zfs rename " + renamed.name() + " "
                            + address.name());
        }
        return Diagnostic.error("conflict.vanished", address + " was set up by tengil and is gone from the host")
                .help("If it was destroyed on purpose, make an empty one: tg apply --recreate " + address);
    }

    /**
     * What the dataset is called now: known by its guid, or, before the second apply has seen that, by a mark of ours on the only dataset
     * that no apply of ours ever made under that name.
     */
    private static @Nullable Dataset renamed(AppliedResource applied, PlanContext context) {
        String guid = applied.choice(GUID);
        List<Dataset> strangers = new ArrayList<>();
        for (Dataset other : context.facts().datasets().values()) {
            if (guid != null && other.guid().equals(guid)) {
                return other;
            }
            if (context.applied().stack().equals(other.local(MARK))
                    && context.applied().get(DatasetResource.addressOf(other.name())) == null) {
                strangers.add(other);
            }
        }
        return guid == null && strangers.size() == 1 ? strangers.getFirst() : null;
    }

    private static void present(DatasetResource wanted, Dataset found, KindPlan.Builder plan, PlanContext context) {
        String stack = context.applied().stack();
        String mark = found.local(MARK);
        if (mark != null && !mark.equals(stack)) {
            if (wanted.implied()) {
                return;
            }
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "dataset.other-stack", wanted.name() + " belongs to the stack \"" + mark + "\"")
                            .at(wanted.span())
                            .help("Each dataset is described in one file only."));
            return;
        }
        if (found.volume()) {
            context.diagnostics()
                    .add(Diagnostic.error("dataset.is-volume", wanted.name() + " is a volume, not a file system")
                            .at(wanted.span()));
            return;
        }
        AppliedResource applied = context.applied().get(wanted.address());
        boolean ours = mark != null;
        boolean opens = ours && opens(wanted, applied);
        if (wanted.implied() && !opens) {
            // Made once and left alone from then on; one that somebody else made is only used.
            if (ours) {
                plan.unchanged(applied != null ? applied : outcome(wanted, found));
            }
            return;
        }
        if (applied == null && ours) {
            // Made by an apply that was cut off, or found again by rebuilding the state: the owner may not be set yet.
            applied = context.applied().intended().get(wanted.address());
        }
        Map<String, FieldValue> actual = DatasetFields.actual(wanted, applied, found, context.facts());
        SortedMap<String, FieldValue> fields = fields(wanted);
        boolean unfinished = ours && isHalfMade(wanted.address(), context.applied());
        if (!wanted.ownerEnforced() && !unfinished && !opens) {
            DatasetFields.TOP.forEach(fields::remove);
        }
        List<FieldChange> changes =
                Comparison.changes(fields, actual, withoutTop(applied), (field, away) -> Effect.LIVE).stream()
                        .filter(change -> !stays(wanted, change, context))
                        .map(DatasetKind::lifted)
                        .toList();
        boolean moves = changes.stream().anyMatch(change -> change.field().equals("mountpoint"));
        if (refused(wanted, changes, context) || (moves && MountPlace.refused(wanted, context))) {
            return;
        }
        AppliedResource outcome = outcome(wanted, found);
        boolean toMount = opens && wanted.path() != null && Opening.isUnfinished(wanted, found, context.facts());
        if (changes.isEmpty() && ours && !toMount) {
            plan.unchanged(outcome);
            return;
        }
        List<String> notes = notes(wanted, found, changes, actual, toMount);
        Change change = new Change(
                wanted.address(),
                ours ? Action.UPDATE : Action.ADOPT,
                changes,
                notes,
                // As long as it is half made, an apply that is cut off here has to leave word of that.
                unfinished ? outcome(wanted, null) : outcome,
                null,
                wanted.span());
        plan.add(Step.of(
                change,
                Phase.CHANGE,
                DatasetCommands.update(wanted, changes, !ours, toMount, context),
                wanted.dependsOn()));
    }

    /** Whether a creation was cut off, so that the owner may not be set yet. One that was adopted had a guid from the start. */
    static boolean isHalfMade(Address address, Applied applied) {
        AppliedResource intended = applied.intended().get(address);
        return intended != null && intended.choice(GUID) == null;
    }

    /** Whether a dataset that only carried others so far is to hold data now. */
    private static boolean opens(DatasetResource wanted, @Nullable AppliedResource applied) {
        String canmount = DatasetFields.PREFIX + "canmount";
        return !wanted.container()
                && !wanted.owned().containsKey(canmount)
                && applied != null
                && "off".equals(applied.fields().get(canmount));
    }

    /** Owner, mode and ACL that leave the file stay as they are. */
    private static @Nullable AppliedResource withoutTop(@Nullable AppliedResource applied) {
        if (applied == null) {
            return null;
        }
        SortedMap<String, String> fields = new TreeMap<>(applied.fields());
        DatasetFields.TOP.forEach(fields::remove);
        return new AppliedResource(applied.address(), fields, applied.choices());
    }

    /** Whether it leaves the file and cannot leave the dataset, which was made that way; says so. */
    private static boolean stays(DatasetResource wanted, FieldChange change, PlanContext context) {
        String property = property(change);
        boolean stays = change.after() == null && Property.onlyAtCreation(property);
        if (stays) {
            context.diagnostics()
                    .add(Diagnostic.note(
                                    "dataset.stays",
                                    property + " is no longer in the file; " + wanted.name() + " keeps "
                                            + change.before())
                            .at(wanted.span()));
        }
        return stays;
    }

    /** What a limit goes back to is no secret of a default: there is none any more. */
    private static FieldChange lifted(FieldChange change) {
        return change.after() == null && Property.isLimit(property(change))
                ? new FieldChange(change.field(), change.before(), "none", change.effect(), change.why())
                : change;
    }

    private static String property(FieldChange change) {
        return change.field().replaceFirst("^zfs\\.", "");
    }

    /** Differences that no command can bring about. */
    private static boolean refused(DatasetResource wanted, List<FieldChange> changes, PlanContext context) {
        boolean refused = false;
        for (FieldChange change : changes) {
            String property = property(change);
            if (Property.onlyAtCreation(property)) {
                FieldValue value = wanted.owned().get(change.field());
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "dataset.fixed-property",
                                        property + " of " + wanted.name() + " is " + change.before()
                                                + " and cannot be changed, only chosen when a dataset is made")
                                .at(value == null ? wanted.span() : value.span())
                                .help("Take it out of the file, or copy the data into a new dataset."));
                refused = true;
            }
        }
        return refused;
    }

    private static List<String> notes(
            DatasetResource wanted,
            Dataset found,
            List<FieldChange> changes,
            Map<String, FieldValue> actual,
            boolean opens) {
        List<String> notes = new ArrayList<>();
        if (changes.stream()
                .anyMatch(change -> change.field().equals("zfs.recordsize")
                        || change.field().equals("zfs.compression"))) {
            notes.add("what is already written keeps its record size and compression");
        }
        if (opens) {
            notes.add("it is going to be mounted; what is mounted below it is taken down for that moment");
        } else if (!found.mounted() && wanted.path() != null) {
            notes.add("it is not mounted now");
        }
        FieldValue owner = actual.get("owner");
        if (wanted.owner() != null
                && owner != null
                && changes.stream().noneMatch(change -> change.field().equals("owner"))
                && !owner.canonical().equals(wanted.owner().toString())) {
            notes.add("it belongs to " + owner.shown() + " and stays so (owner_enforce: true would change it)");
        }
        return notes;
    }

    private static SortedMap<String, FieldValue> fields(DatasetResource wanted) {
        return DatasetFields.desired(wanted);
    }

    private static AppliedResource outcome(DatasetResource wanted, @Nullable Dataset found) {
        SortedMap<String, String> choices = new TreeMap<>();
        if (found != null) {
            choices.put(GUID, found.guid());
        }
        choices.put(Leaving.PROTECT, Boolean.toString(wanted.protect()));
        return AppliedResource.of(wanted.address(), fields(wanted), choices);
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        List<AppliedResource> ours = new ArrayList<>();
        for (Dataset dataset : facts.datasets().values()) {
            if (stack.equals(dataset.local(MARK))) {
                ours.add(new AppliedResource(
                        DatasetResource.addressOf(dataset.name()),
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(GUID, dataset.guid(), Leaving.PROTECT, "true"))));
            }
        }
        return ours;
    }
}
