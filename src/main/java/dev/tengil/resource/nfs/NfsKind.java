package dev.tengil.resource.nfs;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostFile;
import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Comparison;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Place;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.Undo;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the wanted exports with our file and rewrites it whole in one step, whatever the number of exports that change. */
public final class NfsKind implements Kind<NfsExport> {

    private static final int MODE = 0644;

    @Override
    public String name() {
        return "nfs";
    }

    @Override
    public Class<NfsExport> type() {
        return NfsExport.class;
    }

    @Override
    public KindPlan plan(List<NfsExport> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        ExportsFile file = new ExportsFile(context.applied().stack());
        SortedMap<String, SortedMap<String, String>> actual = actual(context.facts(), file);
        List<Change> changes = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Set<Address> after = new HashSet<>();
        for (NfsExport export : desired) {
            refuseForeign(export, actual, context);
            after.addAll(export.dependsOn());
            AppliedResource outcome = AppliedResource.of(export.address(), export.fields(), Map.of());
            Change change = change(export, outcome, actual.get(export.path().value()), context);
            if (change == null) {
                plan.unchanged(outcome);
            } else {
                changes.add(change);
                if (export.place() != null) {
                    places.add(export.place());
                }
            }
        }
        changes.addAll(removals(desired, gone, actual));
        if (!changes.isEmpty()) {
            plan.add(new Step(
                    changes,
                    Phase.CHANGE,
                    operations(desired, places, file, context.facts()),
                    after,
                    Set.of("exports"),
                    Undo.always(undo(file, context.facts()))));
        }
        return plan.build();
    }

    /** The same directory exported by somebody else's line would make two exports of one path. */
    private static void refuseForeign(
            NfsExport export, SortedMap<String, SortedMap<String, String>> ours, PlanContext context) {
        // The kernel still exports what our file said when somebody removed the file.
        boolean foreign = !ours.containsKey(export.path().value())
                && context.applied().get(export.address()) == null
                && context.facts().exports().stream()
                        .anyMatch(line -> ExportsFile.unescaped(line.split("\\s+", 2)[0])
                                .equals(export.path().value()));
        if (foreign) {
            context.diagnostics()
                    .add(
                            Diagnostic.error(
                                            "nfs.foreign-export",
                                            export.path() + " is exported already, and not by tengil")
                                    .at(export.span())
                                    .help(
                                            "Take the other line out of /etc/exports or /etc/exports.d, or the sharenfs property off the dataset."));
        }
    }

    private static @Nullable Change change(
            NfsExport export, AppliedResource outcome, @Nullable SortedMap<String, String> found, PlanContext context) {
        SortedMap<String, FieldValue> before = new TreeMap<>();
        if (found != null) {
            found.forEach((client, options) -> before.put("client." + client, FieldValue.of(options)));
        }
        List<FieldChange> fields = new ArrayList<>(Comparison.changes(
                export.fields(), before, context.applied().get(export.address()), (field, away) -> Effect.LIVE));
        before.forEach((name, value) -> {
            boolean known = export.fields().containsKey(name)
                    || fields.stream().anyMatch(change -> change.field().equals(name));
            if (!known) {
                fields.add(new FieldChange(name, value.shown(), null, Effect.LIVE, "not from tengil.yml"));
            }
        });
        return found != null && fields.isEmpty()
                ? null
                : new Change(
                        export.address(),
                        found == null ? Action.CREATE : Action.UPDATE,
                        fields,
                        List.of(),
                        outcome,
                        null,
                        export.span());
    }

    private static List<Change> removals(
            List<NfsExport> desired, List<AppliedResource> gone, SortedMap<String, SortedMap<String, String>> actual) {
        TreeSet<String> leaving = new TreeSet<>(actual.keySet());
        gone.forEach(resource -> leaving.add(resource.address().name()));
        desired.forEach(export -> leaving.remove(export.path().value()));
        return leaving.stream()
                .map(path -> new Change(
                        NfsExport.addressOf(path),
                        Action.DESTROY,
                        List.of(),
                        List.of("no longer exported; the files stay"),
                        null,
                        null,
                        null))
                .toList();
    }

    private static List<Operation> operations(
            List<NfsExport> desired, List<Place> places, ExportsFile file, Facts facts) {
        List<Operation> operations = new ArrayList<>();
        places.stream()
                .distinct()
                .forEach(place -> operations.add(new Operation.EnsureMounted(
                        "check that " + place.dataset() + " is mounted", place.dataset(), place.mountpoint())));
        TreeSet<String> names = new TreeSet<>();
        desired.forEach(export -> names.addAll(export.names()));
        names.forEach(
                name -> operations.add(Operation.Run.of("resolve " + name, Command.reads("getent", "hosts", name))));
        HostFile present = facts.files().get(file.path());
        if (desired.isEmpty()) {
            operations.add(new Operation.Remove("remove " + file.path(), file.path()));
        } else {
            if (present == null) {
                // exportfs reads it where there is one, and Debian's package brings none.
                String directory = file.path().parent().value();
                operations.add(Operation.Run.of(
                        "make directory " + directory, Command.changes("mkdir", "-p", "--", directory)));
            }
            operations.add(new Operation.Write(
                    "write " + file.path(),
                    new FileWrite(file.path(), Bytes.utf8(ExportsFile.render(desired)), MODE),
                    present == null ? "" : present.content().digest("SHA-256")));
        }
        operations.add(reload());
        operations.add(new Operation.Run(
                "check that it is exported", Command.reads("exportfs", "-s"), ExportedJudge.of(desired), false));
        return operations;
    }

    private static Operation reload() {
        return Operation.Run.of("let the NFS server read its exports", Command.changes("exportfs", "-ra"));
    }

    private static List<Operation> undo(ExportsFile file, Facts facts) {
        HostFile present = facts.files().get(file.path());
        Operation back = present == null
                ? new Operation.Remove("remove " + file.path(), file.path())
                : new Operation.Write(
                        "write the former " + file.path(), new FileWrite(file.path(), present.content(), MODE), null);
        return List.of(back, reload());
    }

    private static SortedMap<String, SortedMap<String, String>> actual(Facts facts, ExportsFile file) {
        HostFile present = facts.files().get(file.path());
        return ExportsFile.parse(present == null ? "" : present.content().text());
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return actual(facts, new ExportsFile(stack)).keySet().stream()
                .map(path -> AppliedResource.of(NfsExport.addressOf(path), Map.of(), Map.of()))
                .toList();
    }
}
