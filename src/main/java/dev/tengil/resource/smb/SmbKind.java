package dev.tengil.resource.smb;

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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the wanted shares with our file and rewrites it whole in one step, whatever the number of shares that change. */
public final class SmbKind implements Kind<SmbShare> {
    @Override
    public String name() {
        return "smb";
    }

    @Override
    public Class<SmbShare> type() {
        return SmbShare.class;
    }

    @Override
    public KindPlan plan(List<SmbShare> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        SmbFile file = new SmbFile(context.applied().stack());
        SortedMap<String, SortedMap<String, String>> actual = actual(context.facts(), file);
        HostFile confFile = context.facts().files().get(SmbConf.PATH);
        SmbConf conf = confFile == null ? null : new SmbConf(confFile.content().latin1());
        if (refused(desired, file, conf, actual, context)) {
            return plan.build();
        }
        List<Change> changes = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Set<Address> after = new HashSet<>();
        for (SmbShare share : desired) {
            AppliedResource outcome = AppliedResource.of(share.address(), share.fields(), Map.of());
            after.addAll(share.dependsOn());
            Change change = change(share, outcome, actual.get(share.name()), context);
            if (change == null) {
                plan.unchanged(outcome);
            } else {
                changes.add(change);
                if (share.place() != null) {
                    places.add(share.place());
                }
            }
        }
        changes.addAll(removals(desired, gone, actual));
        if (changes.isEmpty() && !desired.isEmpty() && (conf == null || !conf.isSettled(file.path()))) {
            changes.add(include(desired.getFirst(), file));
        }
        if (changes.isEmpty() && !desired.isEmpty() && context.facts().files().containsKey(file.candidate())) {
            changes.add(unfinished(desired.getFirst()));
        }
        if (!changes.isEmpty()) {
            SmbCommands commands = new SmbCommands(file, context.facts(), conf);
            plan.add(new Step(
                    changes,
                    Phase.CHANGE,
                    commands.operations(desired, actual.keySet(), places),
                    after,
                    Set.of("smb.conf"),
                    Undo.always(commands.undo(desired))));
        }
        return plan.build();
    }

    private static @Nullable Change change(
            SmbShare share, AppliedResource outcome, @Nullable SortedMap<String, String> found, PlanContext context) {
        SortedMap<String, FieldValue> before = new TreeMap<>();
        if (found != null) {
            found.forEach((name, value) -> before.put(name, FieldValue.of(value)));
        }
        AppliedResource applied = context.applied().get(share.address());
        List<FieldChange> fields =
                new ArrayList<>(Comparison.changes(share.fields(), before, applied, (field, away) -> Effect.LIVE));
        // The file is ours alone, so what somebody added to a section goes, too.
        if (found != null) {
            found.forEach((name, value) -> {
                boolean known = share.parameters().containsKey(name)
                        || fields.stream().anyMatch(change -> change.field().equals(name));
                if (!known) {
                    fields.add(new FieldChange(name, value, null, Effect.LIVE, "not from tengil.yml"));
                }
            });
        }
        if (found != null && fields.isEmpty()) {
            return null;
        }
        boolean vanished = found == null && applied != null;
        return new Change(
                share.address(),
                found == null ? Action.CREATE : Action.UPDATE,
                // What says nothing is written out for Samba's sake and not shown.
                fields.stream()
                        .filter(change -> found != null || !"".equals(change.after()))
                        .toList(),
                vanished ? List.of("somebody took it out of the file") : List.of(),
                outcome,
                null,
                share.span());
    }

    private static List<Change> removals(
            List<SmbShare> desired, List<AppliedResource> gone, SortedMap<String, SortedMap<String, String>> actual) {
        SortedSet<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        desired.forEach(share -> wanted.add(share.name()));
        SortedSet<String> leaving = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        gone.forEach(resource -> leaving.add(resource.address().name()));
        leaving.addAll(actual.keySet());
        leaving.removeAll(wanted);
        return leaving.stream()
                .map(name -> new Change(
                        SmbShare.addressOf(name),
                        Action.DESTROY,
                        List.of(),
                        List.of("no longer shared; the files stay"),
                        null,
                        null,
                        null))
                .toList();
    }

    private static Change unfinished(SmbShare share) {
        return new Change(
                share.address(),
                Action.UPDATE,
                List.of(),
                List.of("an apply that ended early wrote it: Samba is told to read it"),
                AppliedResource.of(share.address(), share.fields(), Map.of()),
                null,
                share.span());
    }

    private static Change include(SmbShare share, SmbFile file) {
        return new Change(
                share.address(),
                Action.UPDATE,
                List.of(new FieldChange("include", null, file.path().value(), Effect.LIVE, null)),
                List.of("smb.conf does not include tengil's shares by its last line"),
                AppliedResource.of(share.address(), share.fields(), Map.of()),
                null,
                share.span());
    }

    private static boolean refused(
            List<SmbShare> desired,
            SmbFile file,
            @Nullable SmbConf conf,
            SortedMap<String, SortedMap<String, String>> ours,
            PlanContext context) {
        boolean refused = false;
        Set<String> foreign = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        foreign.addAll(SmbFile.parse(context.facts().smbBaseline().output()).keySet());
        foreign.removeAll(conf != null && !conf.includes(file.path()) ? Set.of() : ours.keySet());
        foreign.addAll(conf == null ? Set.of() : SmbFile.parse(conf.text()).keySet());
        for (SmbShare share : desired) {
            if (foreign.contains(share.name())) {
                context.diagnostics()
                        .add(
                                Diagnostic.error(
                                                "smb.foreign-share",
                                                "Samba has a share \"" + share.name()
                                                        + "\" already that is not tengil's")
                                        .at(share.span())
                                        .help(
                                                "Rename this one, or take the other out of /etc/samba (see testparm -s and net conf list)."));
                refused = true;
            }
        }
        String stray = conf == null ? null : conf.stray(file.path());
        if (stray != null) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "smb.include-followed",
                                    "in " + SmbConf.PATH + " the line \"" + stray + "\" stands behind tengil's include,"
                                            + " so Samba takes it for a part of the last share")
                            .at(desired.isEmpty() ? null : desired.getFirst().span())
                            .help("Move it up to the section that it is meant for."));
            refused = true;
        }
        return refused;
    }

    private static SortedMap<String, SortedMap<String, String>> actual(Facts facts, SmbFile file) {
        HostFile present = facts.files().get(file.path());
        return SmbFile.parse(present == null ? "" : present.content().text());
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return actual(facts, new SmbFile(stack)).keySet().stream()
                .map(name -> AppliedResource.of(SmbShare.addressOf(name), Map.of(), Map.of()))
                .toList();
    }
}
