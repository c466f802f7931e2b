package dev.tengil.resource.restart;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.Action;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Change;
import dev.tengil.resource.Effect;
import dev.tengil.resource.FieldChange;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Kind;
import dev.tengil.resource.KindPlan;
import dev.tengil.resource.Need;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.PlanContext;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lays the files and takes them away again; systemd and the program do the rest. See docs/decisions/0010. */
public final class RestartKind implements Kind<Restart> {

    private static final int MODE = 0644;
    private static final String VMID = "vmid";
    private static final String POLICY = "restart";
    private static final String ALWAYS = "always";

    @Override
    public String name() {
        return Restart.KIND;
    }

    @Override
    public Class<Restart> type() {
        return Restart.class;
    }

    /** Those of the containers that ask for it. */
    public static List<Restart> resolve(Collection<Need.OfRestart> needs) {
        return needs.stream()
                .map(need -> new Restart(need.by(), need.vmid(), need.span()))
                .toList();
    }

    /** What has to be read to know what is there. */
    public static SortedSet<HostPath> files(Applied applied) {
        RestartFiles files = new RestartFiles(applied.stack());
        SortedSet<HostPath> paths = new TreeSet<>(List.of(files.program(), files.unit()));
        for (AppliedResource each : applied.resources().values()) {
            String vmid = each.choice(VMID);
            if (vmid != null) {
                paths.add(files.call(VmId.parse(vmid).orThrow()));
            }
        }
        return paths;
    }

    @Override
    public KindPlan plan(List<Restart> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        RestartFiles files = new RestartFiles(context.applied().stack());
        for (Restart restart : desired) {
            one(restart, files, plan, context);
        }
        Set<String> kept = new HashSet<>();
        desired.forEach(restart -> kept.add(restart.vmid().toString()));
        for (AppliedResource left : gone) {
            plan.add(leaving(left, kept, files));
        }
        return plan.build();
    }

    private static void one(Restart restart, RestartFiles files, KindPlan.Builder plan, PlanContext context) {
        AppliedResource outcome = AppliedResource.of(
                restart.address(),
                Map.of(POLICY, FieldValue.of(ALWAYS)),
                Map.of(VMID, restart.vmid().toString()));
        AppliedResource applied = context.applied().get(restart.address());
        List<Operation> operations = laid(restart, files, context.facts());
        // An apply that was cut off may have written them without systemd having read them.
        boolean cutOff = context.applied().intended().containsKey(restart.address());
        if (operations.isEmpty() && !cutOff) {
            if (applied != null) {
                plan.unchanged(outcome);
            } else {
                plan.add(step(restart, Action.ADOPT, List.of(), List.of(), outcome, List.of()));
            }
            return;
        }
        List<FieldChange> changes =
                applied != null ? List.of() : List.of(new FieldChange(POLICY, null, ALWAYS, Effect.LIVE, null));
        List<String> notes = new ArrayList<>();
        if (operations.isEmpty()) {
            notes.add("an apply that ended early had not told systemd of its files");
        } else if (changes.isEmpty()) {
            notes.add("its files are not as tengil wrote them");
        }
        operations.addAll(moved(restart, context, files));
        operations.add(reread());
        plan.add(step(restart, applied == null ? Action.CREATE : Action.UPDATE, changes, notes, outcome, operations));
    }

    private static Step step(
            Restart restart,
            Action action,
            List<FieldChange> changes,
            List<String> notes,
            AppliedResource outcome,
            List<Operation> operations) {
        return Step.of(
                        new Change(restart.address(), action, changes, notes, outcome, null, restart.span()),
                        Phase.CHANGE,
                        operations,
                        restart.dependsOn())
                .exclusively("units");
    }

    private static List<Operation> laid(Restart restart, RestartFiles files, Facts facts) {
        HostPath call = files.call(restart.vmid());
        List<Operation> writes = new ArrayList<>();
        lay(files.program(), RestartFiles.PROGRAM, facts, writes);
        lay(files.unit(), files.unitText(), facts, writes);
        lay(call, files.callText(), facts, writes);
        if (writes.isEmpty()) {
            return writes;
        }
        List<Operation> operations = new ArrayList<>();
        operations.add(Operation.Run.of(
                "make directories for them",
                Command.changes(
                        "mkdir",
                        "-p",
                        "--",
                        RestartFiles.FOLDER.value(),
                        call.parent().value())));
        operations.addAll(writes);
        return operations;
    }

    private static void lay(HostPath path, String text, Facts facts, List<Operation> writes) {
        HostFile present = facts.files().get(path);
        if (present == null || !present.content().equals(Bytes.utf8(text))) {
            writes.add(new Operation.Write("write " + path, new FileWrite(path, Bytes.utf8(text), MODE), null));
        }
    }

    /** A container that was made anew under another number leaves none behind at the old one. */
    private static List<Operation> moved(Restart restart, PlanContext context, RestartFiles files) {
        String before = context.applied().choice(restart.address(), VMID);
        return before == null || before.equals(restart.vmid().toString())
                ? List.of()
                : List.of(remove(files.call(VmId.parse(before).orThrow())));
    }

    private static Operation remove(HostPath path) {
        return new Operation.Remove("remove " + path, path);
    }

    private static Operation reread() {
        return Operation.Run.of("let systemd read its units", Command.changes("systemctl", "daemon-reload"));
    }

    /** @param kept the numbers that are still started again, one of which can be this one's under another name */
    private static Step leaving(AppliedResource left, Set<String> kept, RestartFiles files) {
        String vmid = left.choice(VMID);
        if (vmid != null && kept.contains(vmid)) {
            return leaving(
                    left, Action.FORGET, "container " + vmid + " is started again under another name", List.of());
        }
        List<Operation> operations = new ArrayList<>();
        if (vmid != null) {
            operations.add(remove(files.call(VmId.parse(vmid).orThrow())));
        }
        if (kept.isEmpty()) {
            operations.add(remove(files.unit()));
            operations.add(remove(files.program()));
        }
        operations.add(reread());
        return leaving(left, Action.DESTROY, "no longer started again when its program ends", operations);
    }

    private static Step leaving(AppliedResource left, Action action, String note, List<Operation> operations) {
        return Step.of(
                        new Change(left.address(), action, List.of(), List.of(note), null, null, null),
                        Phase.CHANGE,
                        operations,
                        Set.of())
                .exclusively("units");
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
