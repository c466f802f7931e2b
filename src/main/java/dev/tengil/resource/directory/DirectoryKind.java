package dev.tengil.resource.directory;

import dev.tengil.model.Diagnostic;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.DirectoryMode;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Directories are only ever made; what stands there already keeps owner, mode and content. */
public final class DirectoryKind implements Kind<Directory> {

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public Class<Directory> type() {
        return Directory.class;
    }

    @Override
    public KindPlan plan(List<Directory> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (Directory wanted : desired) {
            PathInfo found = context.facts().paths().get(wanted.path());
            AppliedResource outcome = new AppliedResource(wanted.address(), new TreeMap<>(), new TreeMap<>());
            if (found == null) {
                plan.add(make(wanted, outcome));
            } else if (found.type() != PathInfo.Type.DIRECTORY) {
                context.diagnostics()
                        .add(Diagnostic.error("directory.in-the-way", wanted.path() + " exists and is not a directory")
                                .at(wanted.span())
                                .help("Move it away, or use another path."));
            } else {
                plan.unchanged(outcome);
            }
        }
        for (AppliedResource left : gone) {
            Change change = new Change(
                    left.address(),
                    Action.FORGET,
                    List.of(),
                    List.of("it stays with all that is in it"),
                    null,
                    null,
                    null);
            plan.add(Step.of(change, Phase.CHANGE, List.of(), java.util.Set.of()));
        }
        return plan.build();
    }

    private static Step make(Directory wanted, AppliedResource outcome) {
        String path = wanted.path().value();
        List<FieldChange> fields = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        operations.add(new Operation.EnsureMounted(
                "check that " + wanted.dataset() + " is mounted", wanted.dataset(), wanted.mountpoint()));
        Owner owner = wanted.owner();
        Integer mode = wanted.mode();
        operations.add(
                new Operation.MakeDirectory("make directory " + path, wanted.mountpoint(), wanted.path(), owner, mode));
        if (owner != null) {
            fields.add(new FieldChange("owner", null, owner.toString(), Effect.LIVE, null));
        }
        if (mode != null) {
            fields.add(new FieldChange("mode", null, DirectoryMode.shown(mode), Effect.LIVE, null));
        }
        Change change = new Change(wanted.address(), Action.CREATE, fields, List.of(), outcome, null, wanted.span());
        return Step.of(change, Phase.CHANGE, operations, wanted.dependsOn());
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
