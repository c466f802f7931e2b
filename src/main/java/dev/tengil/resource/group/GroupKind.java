package dev.tengil.resource.group;

import dev.tengil.host.Command;
import dev.tengil.model.Diagnostic;
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
import dev.tengil.resource.facts.Accounts;
import dev.tengil.resource.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Groups are made with the id of the plan and never changed or removed: files on disk carry the number, not the name. A group line has
 * no place for a mark, so an existing group is recognised by its id.
 */
public final class GroupKind implements Kind<Group> {
    @Override
    public String name() {
        return "group";
    }

    @Override
    public Class<Group> type() {
        return Group.class;
    }

    @Override
    public KindPlan plan(List<Group> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (Group wanted : desired) {
            one(wanted, plan, context);
        }
        for (AppliedResource left : gone) {
            plan.add(Step.of(
                    new Change(
                            left.address(),
                            Action.FORGET,
                            List.of(),
                            List.of("the group stays on the host"),
                            null,
                            null,
                            null),
                    Phase.CHANGE,
                    List.of(),
                    Set.of()));
        }
        return plan.build();
    }

    private static void one(Group wanted, KindPlan.Builder plan, PlanContext context) {
        Accounts accounts = context.facts().accounts();
        Accounts.Group found = accounts.groups().get(wanted.name());
        AppliedResource applied = context.applied().get(wanted.address());
        AppliedResource outcome = AppliedResource.of(
                wanted.address(),
                Map.of("gid", FieldValue.of(Integer.toString(wanted.gid()))),
                Map.of("gid", Integer.toString(wanted.gid())));
        if (found != null && found.gid() != wanted.gid()) {
            context.diagnostics()
                    .add(
                            Diagnostic.error(
                                            "group.id-differs",
                                            "group " + wanted.name() + " exists with gid " + found.gid() + ", not "
                                                    + wanted.gid())
                                    .at(wanted.span())
                                    .help(
                                            "Write gid: " + found.gid()
                                                    + ", or use another name. tengil never renumbers: files on disk carry the number."));
        } else if (found != null && applied != null) {
            plan.unchanged(outcome);
        } else if (found != null) {
            plan.add(step(wanted, Action.ADOPT, outcome, List.of(), "exists with this id"));
        } else {
            String holder = holder(accounts, wanted.gid());
            if (holder != null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "group.id-taken",
                                        "gid " + wanted.gid() + " belongs to the group " + holder + " on the host")
                                .at(wanted.span())
                                .help("Give " + wanted.name() + " another gid, or use the group " + holder + "."));
                return;
            }
            if (applied != null && !context.options().recreate().contains(wanted.address())) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "group.vanished",
                                        "group " + wanted.name() + " was made by tengil and is gone from the host")
                                .at(wanted.span())
                                .help("Make it again with the same id: tg apply --recreate " + wanted.address()));
                return;
            }
            Operation add = Operation.Run.of(
                    "create group " + wanted.name(),
                    Command.changes(
                            "groupadd", "--system", "--gid", Integer.toString(wanted.gid()), "--", wanted.name()));
            plan.add(step(wanted, Action.CREATE, outcome, List.of(add), null));
        }
    }

    private static Step step(
            Group wanted, Action action, AppliedResource outcome, List<Operation> operations, @Nullable String note) {
        List<FieldChange> fields = action == Action.CREATE
                ? List.of(new FieldChange("gid", null, Integer.toString(wanted.gid()), Effect.LIVE, null))
                : List.of();
        Change change = new Change(
                wanted.address(),
                action,
                fields,
                note == null ? List.of() : List.of(note + " (gid " + wanted.gid() + ")"),
                outcome,
                null,
                wanted.span());
        // groupadd and useradd lock the same files and give up at once when they are locked.
        return Step.of(change, Phase.CHANGE, operations, wanted.dependsOn()).exclusively("accounts");
    }

    private static @Nullable String holder(Accounts accounts, int gid) {
        return accounts.groups().values().stream()
                .filter(group -> group.gid() == gid)
                .map(Accounts.Group::name)
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return List.of();
    }
}
