package dev.tengil.resource.discovery;

import dev.tengil.host.Bytes;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostFile;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.HostPath;
import dev.tengil.resource.Action;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that are tengil's as a whole, as their first line says: written anew when something in them is another, and removed when they leave. */
public final class DiscoveryKind implements Kind<DiscoveryFile> {

    private static final String FILE = "file";
    private static final String CONTENT = "content";
    private static final int READABLE = 0644;

    @Override
    public String name() {
        return DiscoveryFile.KIND;
    }

    @Override
    public Class<DiscoveryFile> type() {
        return DiscoveryFile.class;
    }

    static String firstLine(String stack) {
        return "# Written by tengil for the stack \"" + stack
                + "\" from the labels of containers: what is changed here is changed back.\n";
    }

    @Override
    public KindPlan plan(List<DiscoveryFile> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (DiscoveryFile file : desired) {
            one(file, plan, context);
        }
        for (AppliedResource left : gone) {
            HostPath path = path(left);
            boolean ours = path != null && isOurs(path, context);
            plan.add(Step.of(
                    new Change(
                            left.address(),
                            ours ? Action.DESTROY : Action.FORGET,
                            List.of(),
                            List.of(
                                    ours
                                            ? "the file " + path + " is removed"
                                            : "the file is not there, or not tengil's"),
                            null,
                            null,
                            null),
                    Phase.CHANGE,
                    ours && path != null ? List.of(new Operation.Remove("remove " + path, path)) : List.of(),
                    Set.of()));
        }
        return plan.build();
    }

    private static void one(DiscoveryFile wanted, KindPlan.Builder plan, PlanContext context) {
        HostFile found = context.facts().files().get(wanted.path());
        if (found != null && !isOurs(wanted.path(), context)) {
            context.diagnostics()
                    .add(Diagnostic.error("discovery.foreign-file", wanted.path() + " exists and is not tengil's")
                            .at(wanted.span())
                            .help("Move it away, or name another file: tengil writes this one whole."));
            return;
        }
        Bytes text = Bytes.utf8(wanted.text());
        FieldValue content = new FieldValue(text.digest("SHA-256"), wanted.entries(), null);
        AppliedResource outcome = AppliedResource.of(
                wanted.address(), Map.of(FILE, FieldValue.of(wanted.path().value()), CONTENT, content), Map.of());
        AppliedResource applied = context.applied().get(wanted.address());
        HostPath before = applied == null ? null : path(applied);
        boolean moves = before != null && !before.equals(wanted.path());
        boolean same = found != null && found.content().equals(text);
        if (same && !moves && applied != null) {
            plan.unchanged(outcome);
            return;
        }
        List<Operation> operations = new ArrayList<>();
        List<FieldChange> changes = new ArrayList<>();
        if (found == null || moves) {
            changes.add(new FieldChange(
                    FILE, before == null ? null : before.value(), wanted.path().value(), Effect.LIVE, null));
        }
        if (!same) {
            changes.add(new FieldChange(CONTENT, found == null ? null : "others", wanted.entries(), Effect.LIVE, null));
            operations.add(new Operation.EnsureMounted(
                    "check that " + wanted.place().dataset() + " is mounted",
                    wanted.place().dataset(),
                    wanted.place().mountpoint()));
            operations.add(new Operation.Write(
                    "write " + wanted.path(),
                    new FileWrite(wanted.path(), text, READABLE),
                    found == null ? "" : found.content().digest("SHA-256")));
        }
        if (moves && before != null && isOurs(before, context)) {
            operations.add(new Operation.Remove("remove " + before, before));
        }
        plan.add(Step.of(
                new Change(
                        wanted.address(),
                        same && !moves ? Action.ADOPT : found == null && !moves ? Action.CREATE : Action.UPDATE,
                        changes,
                        List.of(),
                        outcome,
                        null,
                        wanted.span()),
                Phase.CHANGE,
                operations,
                wanted.dependsOn()));
    }

    private static boolean isOurs(HostPath path, PlanContext context) {
        HostFile found = context.facts().files().get(path);
        return found != null
                && found.content()
                        .text()
                        .startsWith(firstLine(context.applied().stack()).strip());
    }

    /** Where it was written. */
    public static @Nullable HostPath path(AppliedResource applied) {
        String path = applied.fields().get(FILE);
        return path == null ? null : HostPath.of(path);
    }

    /** The files lie where only tengil.yml says: what is found there is taken for ours by its first line when it is written again. */
    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
