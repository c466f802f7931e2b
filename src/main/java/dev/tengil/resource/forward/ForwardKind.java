package dev.tengil.resource.forward;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostFile;
import dev.tengil.model.Address;
import dev.tengil.model.HostPath;
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

/** Compares the wanted forwards with our file, our unit and what is loaded, and writes and loads all of it in one step. */
public final class ForwardKind implements Kind<Forward> {

    private static final int MODE = 0644;

    @Override
    public String name() {
        return Forward.KIND;
    }

    @Override
    public Class<Forward> type() {
        return Forward.class;
    }

    @Override
    public KindPlan plan(List<Forward> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        ForwardFile file = new ForwardFile(context.applied().stack());
        Facts facts = context.facts();
        SortedMap<String, Forward> actual = actual(facts, file);
        String asleep = asleep(desired, file, facts);
        List<Change> changes = new ArrayList<>();
        Set<Address> after = new HashSet<>();
        for (Forward forward : desired) {
            after.addAll(forward.dependsOn());
            AppliedResource outcome = AppliedResource.of(forward.address(), forward.fields(), Map.of());
            Change change =
                    change(forward, outcome, actual.get(forward.address().name()), asleep, context);
            if (change == null) {
                plan.unchanged(outcome);
            } else {
                changes.add(change);
            }
        }
        changes.addAll(removals(desired, gone, actual));
        if (!changes.isEmpty()) {
            plan.add(new Step(
                    changes,
                    Phase.CHANGE,
                    desired.isEmpty() ? removal(file, facts) : operations(desired, file, facts),
                    after,
                    Set.of("forwards"),
                    Undo.always(undo(file, facts))));
        }
        return plan.build();
    }

    private static @Nullable Change change(
            Forward forward,
            AppliedResource outcome,
            @Nullable Forward found,
            @Nullable String asleep,
            PlanContext context) {
        SortedMap<String, FieldValue> before = found == null ? new TreeMap<>() : found.fields();
        List<FieldChange> fields = Comparison.changes(
                forward.fields(), before, context.applied().get(forward.address()), (field, away) -> Effect.LIVE);
        if (found != null && fields.isEmpty() && asleep == null) {
            return null;
        }
        List<String> notes = new ArrayList<>();
        if (found != null && asleep != null) {
            notes.add(asleep);
        }
        if (found == null && !forward.v4().routed()) {
            notes.add("its router is not the node, so the app takes all who come this way for the node");
        }
        if (found == null && forward.v6() != null) {
            notes.add("the node becomes an IPv6 router: it no longer takes an address that routers announce");
        }
        return new Change(
                forward.address(),
                found == null ? Action.CREATE : Action.UPDATE,
                fields,
                notes,
                outcome,
                null,
                forward.span());
    }

    /** Why what our file says is not, or will not be, in force; null when it is. */
    private static @Nullable String asleep(List<Forward> desired, ForwardFile file, Facts facts) {
        HostFile unit = facts.files().get(file.unitFile());
        boolean same = unit != null && unit.content().equals(Bytes.utf8(file.unitText(desired)));
        return !same
                ? "its unit is not as tengil wrote it"
                : !facts.files().containsKey(file.enabled())
                        ? "its unit is not started with the host"
                        : facts.ports().tables().contains("ip " + file.table()) ? null : "it is not loaded";
    }

    private static List<Change> removals(
            List<Forward> desired, List<AppliedResource> gone, SortedMap<String, Forward> actual) {
        TreeSet<String> leaving = new TreeSet<>(actual.keySet());
        gone.forEach(resource -> leaving.add(resource.address().name()));
        desired.forEach(forward -> leaving.remove(forward.address().name()));
        return leaving.stream()
                .map(port -> new Change(
                        new Address(Forward.KIND, port),
                        Action.DESTROY,
                        List.of(),
                        List.of("no longer forwarded"),
                        null,
                        null,
                        null))
                .toList();
    }

    private static List<Operation> operations(List<Forward> desired, ForwardFile file, Facts facts) {
        List<Operation> operations = new ArrayList<>();
        String folder = ForwardFile.FOLDER.value();
        operations.add(Operation.Run.of("make directory " + folder, Command.changes("mkdir", "-p", "--", folder)));
        operations.add(write("write ", file.path(), file.render(desired), facts));
        operations.add(Operation.Run.of(
                "check " + file.path(),
                Command.reads("nft", "-c", "-f", file.path().value())));
        operations.add(write("write ", file.unitFile(), file.unitText(desired), facts));
        operations.add(reread());
        operations.add(Operation.Run.of(
                "start the forwards with the host", Command.changes("systemctl", "enable", file.unit())));
        operations.add(load(file));
        operations.add(new Operation.Run(
                "check that they are loaded",
                Command.reads("nft", "list", "table", "ip", file.table()),
                LoadedJudge.of(desired),
                false));
        return operations;
    }

    private static Operation write(String verb, HostPath path, String text, Facts facts) {
        HostFile present = facts.files().get(path);
        return new Operation.Write(
                verb + path,
                new FileWrite(path, Bytes.utf8(text), MODE),
                present == null ? "" : present.content().digest("SHA-256"));
    }

    private static Operation reread() {
        return Operation.Run.of("let systemd read its units", Command.changes("systemctl", "daemon-reload"));
    }

    private static Operation load(ForwardFile file) {
        return Operation.Run.of("load the forwards", Command.changes("systemctl", "reload-or-restart", file.unit()));
    }

    /** Stopping the unit takes the table away. */
    private static List<Operation> removal(ForwardFile file, Facts facts) {
        List<Operation> operations = new ArrayList<>();
        if (facts.files().containsKey(file.unitFile())) {
            operations.add(Operation.Run.of(
                    "end the forwards", Command.changes("systemctl", "disable", "--now", file.unit())));
        }
        operations.add(new Operation.Remove("remove " + file.unitFile(), file.unitFile()));
        operations.add(new Operation.Remove("remove " + file.path(), file.path()));
        operations.add(reread());
        return operations;
    }

    private static List<Operation> undo(ForwardFile file, Facts facts) {
        List<Operation> undo = new ArrayList<>();
        boolean before = facts.files().containsKey(file.path()) && facts.files().containsKey(file.unitFile());
        for (HostPath path : List.of(file.path(), file.unitFile())) {
            HostFile present = facts.files().get(path);
            undo.add(
                    present == null
                            ? new Operation.Remove("remove " + path, path)
                            : new Operation.Write(
                                    "write the former " + path, new FileWrite(path, present.content(), MODE), null));
        }
        undo.add(reread());
        if (before) {
            undo.add(Operation.Run.of(
                    "start the forwards with the host", Command.changes("systemctl", "enable", file.unit())));
            undo.add(load(file));
        } else {
            undo.add(new Operation.Run(
                    "take our table away",
                    Command.changes("nft", "delete", "table", "ip", file.table())
                            .withOkExits(0, 1, 127),
                    null,
                    false));
        }
        return undo;
    }

    private static SortedMap<String, Forward> actual(Facts facts, ForwardFile file) {
        HostFile present = facts.files().get(file.path());
        return present == null ? new TreeMap<>() : file.parse(present.content().text());
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return actual(facts, new ForwardFile(stack)).values().stream()
                .map(forward -> AppliedResource.of(forward.address(), Map.of(), Map.of()))
                .toList();
    }
}
