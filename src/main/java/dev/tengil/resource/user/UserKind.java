package dev.tengil.resource.user;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Secret;
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
import dev.tengil.resource.facts.Accounts;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Users are made as system accounts with a mark in the comment field and are never renumbered or removed, because files on disk carry
 * their number. Existing accounts keep their comment. Only a Samba password that we set is ever taken away.
 */
public final class UserKind implements Kind<User> {
    /** Choice that says whether the Samba password is of our making. */
    @Override
    public String name() {
        return "user";
    }

    @Override
    public Class<User> type() {
        return User.class;
    }

    @Override
    public KindPlan plan(List<User> desired, List<AppliedResource> gone, PlanContext context) {
        KindPlan.Builder plan = new KindPlan.Builder();
        for (User wanted : desired) {
            Accounts.User found = context.facts().accounts().users().get(wanted.name());
            Diagnostic refusal = found == null ? missing(wanted, context) : differs(wanted, found, context);
            if (refusal != null) {
                context.diagnostics().add(refusal.at(wanted.span()));
            } else {
                one(wanted, found, plan, context);
            }
        }
        gone.forEach(left -> plan.add(forget(left, context)));
        return plan.build();
    }

    private static @Nullable Diagnostic missing(User wanted, PlanContext context) {
        String holder = context.facts().accounts().users().values().stream()
                .filter(user -> user.uid() == wanted.uid())
                .map(Accounts.User::name)
                .findFirst()
                .orElse(null);
        if (holder != null) {
            return Diagnostic.error(
                            "user.id-taken", "uid " + wanted.uid() + " belongs to the user " + holder + " on the host")
                    .help("Give " + wanted.name() + " another uid, or use the name " + holder + ".");
        }
        boolean ours = context.applied().get(wanted.address()) != null;
        if (ours && !context.options().recreate().contains(wanted.address())) {
            return Diagnostic.error(
                            "user.vanished",
                            "user " + wanted.name() + " was set up by tengil and is gone from the host")
                    .help("Make it again with the same id: tg apply --recreate " + wanted.address());
        }
        return null;
    }

    private static @Nullable Diagnostic differs(User wanted, Accounts.User found, PlanContext context) {
        if (found.uid() != wanted.uid() || found.gid() != wanted.gid()) {
            return Diagnostic.error(
                            "user.id-differs",
                            "user " + wanted.name() + " exists with ids " + found.uid() + ":" + found.gid() + ", not "
                                    + wanted.uid() + ":" + wanted.gid())
                    .help("Write uid: " + found.uid() + " and gid: " + found.gid()
                            + ", or use another name. tengil never renumbers: files on disk carry the numbers.");
        }
        if (found.uid() < 100) {
            return Diagnostic.error(
                            "user.system-account", "user " + wanted.name() + " is an account of the system itself")
                    .help("Use another name.");
        }
        String stack = UserMark.stack(found.comment());
        if (stack != null && !stack.equals(context.applied().stack())) {
            return Diagnostic.error(
                            "user.other-stack", "user " + wanted.name() + " belongs to the stack \"" + stack + "\"")
                    .help("Each user is declared in one file only; other files can name it in their shares.");
        }
        return null;
    }

    private static void one(User wanted, Accounts.@Nullable User found, KindPlan.Builder plan, PlanContext context) {
        AppliedResource applied = context.applied().get(wanted.address());
        Accounts accounts = context.facts().accounts();
        SortedMap<String, FieldValue> fields = wanted.fields(context.applied().salt());
        Map<String, FieldValue> actual = actual(wanted, applied, accounts, fields);
        boolean hadPassword = accounts.smbUsers().contains(wanted.name());
        AppliedResource outcome = AppliedResource.of(
                wanted.address(), fields, choices(wanted, applied, fields.containsKey(User.PASSWORD), hadPassword));
        List<FieldChange> changes =
                new ArrayList<>(Comparison.changes(fields, actual, applied, (field, away) -> Effect.LIVE));
        UserCommands commands = new UserCommands(wanted.name());
        List<Operation> operations = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (found == null) {
            operations.add(commands.add(wanted, context.applied().stack()));
            changes.add(0, new FieldChange("uid", null, Integer.toString(wanted.uid()), Effect.LIVE, null));
            changes.add(1, new FieldChange("gid", null, Integer.toString(wanted.gid()), Effect.LIVE, null));
        } else if (applied == null) {
            notes.add("exists with these ids (" + wanted.uid() + ":" + wanted.gid() + ")");
        }
        for (FieldChange change : changes) {
            operations.addAll(operations(change, wanted, applied, commands, notes));
        }
        if (found != null && applied != null && changes.isEmpty()) {
            plan.unchanged(outcome);
            return;
        }
        Action action = found == null ? Action.CREATE : applied == null ? Action.ADOPT : Action.UPDATE;
        Change change = new Change(wanted.address(), action, changes, notes, outcome, null, wanted.span());
        plan.add(Step.of(change, Phase.CHANGE, operations, wanted.dependsOn()).exclusively("accounts"));
    }

    private static List<Operation> operations(
            FieldChange change,
            User wanted,
            @Nullable AppliedResource applied,
            UserCommands commands,
            List<String> notes) {
        if (change.field().startsWith(User.MEMBER)) {
            String group = change.field().substring(User.MEMBER.length());
            return List.of(change.after() != null ? commands.join(group) : commands.leave(group));
        }
        if (!change.field().equals(User.PASSWORD)) {
            return List.of();
        }
        if (wanted.smbPassword() != null) {
            if (applied != null
                    && applied.fields().isEmpty()
                    && wanted.smbPassword().isFresh()) {
                notes.add("the password that was made before is not known any more: a new one is made");
            }
            return List.of(commands.setPassword(wanted.smbPassword()));
        }
        if (applied != null && User.hasOurPassword(applied)) {
            return List.of(commands.removePassword());
        }
        notes.add("the Samba password was there before tengil and stays");
        return List.of();
    }

    private static Map<String, FieldValue> actual(
            User wanted, @Nullable AppliedResource applied, Accounts accounts, SortedMap<String, FieldValue> desired) {
        Map<String, FieldValue> actual = new TreeMap<>();
        accounts.groups().values().stream()
                .filter(group -> group.members().contains(wanted.name()))
                .forEach(group -> actual.put(User.MEMBER + group.name(), FieldValue.of("member")));
        // Nobody can read a password back; as long as there is one we trust that it is what we set.
        String digest = applied == null ? null : applied.fields().get(User.PASSWORD);
        boolean rebuilt = applied != null && applied.fields().isEmpty() && applied.choice(User.SAMBA) == null;
        FieldValue password = desired.get(User.PASSWORD);
        Secret secret = wanted.smbPassword();
        if (rebuilt && password != null && secret != null && !secret.isFresh()) {
            digest = password.canonical();
        }
        if (digest != null && accounts.smbUsers().contains(wanted.name())) {
            actual.put(User.PASSWORD, new FieldValue(digest, "‹secret›", null));
        }
        return actual;
    }

    private static Map<String, String> choices(
            User wanted, @Nullable AppliedResource applied, boolean password, boolean hadPassword) {
        Map<String, String> choices = new HashMap<>();
        choices.put("uid", Integer.toString(wanted.uid()));
        choices.put("gid", Integer.toString(wanted.gid()));
        if (password) {
            String before = applied == null ? null : applied.choice(User.SAMBA);
            choices.put(User.SAMBA, before != null && hadPassword ? before : hadPassword ? "found" : "made");
        }
        return choices;
    }

    private static Step forget(AppliedResource left, PlanContext context) {
        String name = left.address().name();
        UserCommands commands = new UserCommands(name);
        List<Operation> operations = new ArrayList<>();
        List<String> notes = new ArrayList<>(List.of("the account stays on the host"));
        Accounts accounts = context.facts().accounts();
        if (User.hasOurPassword(left) && accounts.smbUsers().contains(name)) {
            operations.add(commands.removePassword());
            notes.add("its Samba password, which tengil set, is removed");
        }
        Accounts.User found = accounts.users().get(name);
        if (found != null && UserMark.of(context.applied().stack()).equals(found.comment())) {
            operations.add(commands.unmark());
        }
        Change change = new Change(left.address(), Action.FORGET, List.of(), notes, null, null, null);
        return Step.of(change, Phase.CHANGE, operations, Set.of()).exclusively("accounts");
    }

    @Override
    public List<AppliedResource> rebuild(Facts facts, String stack) {
        return facts.accounts().users().values().stream()
                .filter(user -> user.comment().equals(UserMark.of(stack)))
                .map(user -> AppliedResource.of(
                        User.addressOf(user.name()),
                        Map.of(),
                        Map.of("uid", Integer.toString(user.uid()), "gid", Integer.toString(user.gid()))))
                .toList();
    }
}
