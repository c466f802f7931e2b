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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lays the files and takes them away again; systemd and the program do the rest. See docs/decisions/0010. */
public final class RestartKind implements Kind<Restart> {

    private static final int MODE = 0644;
    private static final String VMID = "vmid";

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
        Facts facts = context.facts();
        for (Restart restart : desired) {
            AppliedResource outcome = AppliedResource.of(
                    restart.address(),
                    Map.of("restart", FieldValue.of("always")),
                    Map.of(VMID, restart.vmid().toString()));
            boolean known = context.applied().get(restart.address()) != null;
            List<Operation> operations = laid(restart, files, facts);
            if (operations.isEmpty()) {
                plan.unchanged(outcome);
                continue;
            }
            operations.addAll(moved(restart, context, files));
            operations.add(reread());
            Change change = new Change(
                    restart.address(),
                    known ? Action.UPDATE : Action.CREATE,
                    known ? List.of() : List.of(new FieldChange("restart", null, "always", Effect.LIVE, null)),
                    known ? List.of("its files are not as tengil wrote them") : List.of(),
                    outcome,
                    null,
                    restart.span());
            plan.add(Step.of(change, Phase.CHANGE, operations, restart.dependsOn())
                    .exclusively("units"));
        }
        for (AppliedResource left : gone) {
            plan.add(leaving(left, desired.isEmpty(), files));
        }
        return plan.build();
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

    private static Step leaving(AppliedResource left, boolean last, RestartFiles files) {
        List<Operation> operations = new ArrayList<>();
        String vmid = left.choice(VMID);
        if (vmid != null) {
            operations.add(remove(files.call(VmId.parse(vmid).orThrow())));
        }
        if (last) {
            operations.add(remove(files.unit()));
            operations.add(remove(files.program()));
        }
        operations.add(reread());
        return Step.of(
                        new Change(
                                left.address(),
                                Action.DESTROY,
                                List.of(),
                                List.of("no longer started again when its program ends"),
                                null,
                                null,
                                null),
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
