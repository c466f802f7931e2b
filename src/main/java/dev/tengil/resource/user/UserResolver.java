package dev.tengil.resource.user;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Secret;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.FreeIds;
import dev.tengil.resource.Need;
import dev.tengil.resource.People;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.Accounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives every declared user ids and groups. The context's {@code ids} must know the groups of file and host already.
 */
public final class UserResolver {
    /** Ids that the file names for users, so that no group takes them. */
    public static List<Integer> namedIds(List<Declaration> declarations) {
        List<Integer> ids = new ArrayList<>();
        for (Declaration declaration : declarations) {
            Integer uid = declaration.fields().value(UserKeys.UID);
            Integer gid = declaration.fields().value(UserKeys.GID);
            if (uid != null) {
                ids.add(uid);
            }
            if (gid != null) {
                ids.add(gid);
            }
        }
        return ids;
    }

    /** The people of file and host together, as shares see them. */
    public static People people(List<User> users, Accounts accounts) {
        SortedSet<Integer> samba = new TreeSet<>();
        Map<String, Set<Integer>> members = new HashMap<>();
        Map<String, Integer> uids = new HashMap<>();
        accounts.users().values().forEach(user -> uids.put(user.name(), user.uid()));
        users.forEach(user -> uids.put(user.name(), user.uid()));
        accounts.smbUsers().stream().map(uids::get).filter(Objects::nonNull).forEach(samba::add);
        accounts.groups()
                .values()
                .forEach(group -> group.members().stream()
                        .map(uids::get)
                        .filter(Objects::nonNull)
                        .forEach(uid -> members.computeIfAbsent(group.name(), any -> new TreeSet<>())
                                .add(uid)));
        for (User user : users) {
            if (user.smbPassword() != null) {
                samba.add(user.uid());
            }
            members.computeIfAbsent(user.primaryGroup(), any -> new TreeSet<>()).add(user.uid());
            user.groups()
                    .forEach(group -> members.computeIfAbsent(group, any -> new TreeSet<>())
                            .add(user.uid()));
        }
        return new People(samba, members);
    }

    /** All users, with the groups that carry their names as needs. */
    public Resolved<User> resolve(List<Declaration> declarations, ResolveContext context) {
        List<Integer> named = new ArrayList<>(namedIds(declarations));
        named.addAll(context.ids().groups().values());
        for (Declaration declaration : declarations) {
            Integer uid = known(declaration, context);
            if (uid != null) {
                named.add(uid);
            }
        }
        FreeIds free = new FreeIds(context.facts().accounts(), named);
        SortedMap<String, User> users = new TreeMap<>();
        List<Need> needs = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        for (Declaration declaration : declarations) {
            Integer uid = known(declaration, context);
            if (uid == null) {
                uid = free.take();
            }
            if (uid == null) {
                context.diagnostics()
                        .add(Diagnostic.error("user.no-free-id", "all user ids up to " + FreeIds.HIGHEST + " are taken")
                                .at(declaration.span()));
                continue;
            }
            String other = names.putIfAbsent(uid, declaration.name());
            if (other != null && !other.equals(declaration.name())) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "user.id-taken",
                                        "users " + other + " and " + declaration.name() + " both have the uid " + uid)
                                .at(declaration.span())
                                .help("Give one of them another uid."));
            }
            User user = user(declaration, uid, needs, context);
            users.put(user.name(), user);
        }
        return new Resolved<>(List.copyOf(users.values()), needs);
    }

    private static User user(Declaration declaration, int uid, List<Need> needs, ResolveContext context) {
        String name = declaration.name();
        int gid = gid(declaration, uid, context);
        String primary = groupOf(gid, context);
        if (primary == null) {
            Integer sameName = context.ids().group(name);
            primary = name;
            if (sameName != null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "user.group-differs",
                                        "the group " + name + " exists with gid " + sameName + ", but user " + name
                                                + " shall have " + gid)
                                .at(declaration.span())
                                .help("Write gid: " + sameName + " for this user, or declare a group with gid " + gid
                                        + "."));
            } else {
                needs.add(new Need.OfGroup(User.addressOf(name), name, gid, declaration.span()));
            }
        }
        if (context.applied().get(new Address("group", primary)) != null) {
            // Made for this user by an earlier apply, it looks like any group of the host now.
            needs.add(new Need.OfGroup(User.addressOf(name), primary, gid, declaration.span()));
        }
        Located<UserKeys.SmbPassword> password = declaration.fields().get(UserKeys.SMB_PASSWORD);
        Secret secret = password == null ? null : password.value().secret();
        if (password != null) {
            needs.add(new Need.OfPackage(User.addressOf(name), "samba", password.span()));
            if (password.value().secret().is(UserKeys::isNoPassword)) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "user.no-password",
                                        "the secret \""
                                                + password.value().secret().name()
                                                + "\" is no password: it is empty or has a line break or control character")
                                .at(password.span())
                                .help("Look at where secrets: takes it from, or let one be made: {generate: 16}"));
            }
            if (password.value().plain()) {
                context.diagnostics()
                        .add(Diagnostic.warning(
                                        "user.plain-password", "this password can be read by whoever reads the file")
                                .at(password.span())
                                .help("Put it under secrets: and write smb_password: !secret NAME"));
            }
        }
        return new User(
                User.addressOf(name),
                uid,
                gid,
                primary,
                groups(declaration, primary, context),
                secret,
                declaration.span());
    }

    private static SortedSet<String> groups(Declaration declaration, String primary, ResolveContext context) {
        SortedSet<String> groups = new TreeSet<>();
        for (Located<String> group : declaration.fields().valueOr(UserKeys.GROUPS, List.of())) {
            if (People.POWERFUL_GROUPS.contains(group.value())) {
                context.diagnostics()
                        .add(
                                Diagnostic.error(
                                                "user.powerful-group",
                                                "members of the group " + group.value() + " have power over the host")
                                        .at(group.span())
                                        .help(
                                                "A user of a share needs no such group. If somebody does: usermod -aG, by hand."));
            } else if (context.ids().group(group.value()) == null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "user.unknown-group",
                                        "there is no group \"" + group.value() + "\" in the file or on the host")
                                .at(group.span())
                                .hint(Nearest.to(
                                                group.value(),
                                                context.ids().groups().keySet())
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse(null))
                                .help("Declare it: groups: {" + group.value() + ": {}}"));
            } else if (!group.value().equals(primary)) {
                groups.add(group.value());
            }
        }
        return groups;
    }

    private static int gid(Declaration declaration, int uid, ResolveContext context) {
        Integer asked = declaration.fields().value(UserKeys.GID);
        if (asked != null) {
            return asked;
        }
        Accounts.User found = context.facts().accounts().users().get(declaration.name());
        if (found != null) {
            return found.gid();
        }
        String chosen = context.applied().choice(User.addressOf(declaration.name()), "gid");
        if (chosen != null) {
            return Integer.parseInt(chosen);
        }
        // A declared group of the user's own name is meant to be the user's.
        Integer sameName = context.ids().group(declaration.name());
        return sameName != null ? sameName : uid;
    }

    private static @Nullable String groupOf(int gid, ResolveContext context) {
        return context.ids().groups().entrySet().stream()
                .filter(entry -> entry.getValue() == gid)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Integer known(Declaration declaration, ResolveContext context) {
        Integer asked = declaration.fields().value(UserKeys.UID);
        if (asked != null) {
            return asked;
        }
        Accounts.User found = context.facts().accounts().users().get(declaration.name());
        if (found != null) {
            return found.uid();
        }
        String chosen = context.applied().choice(User.addressOf(declaration.name()), "uid");
        return chosen == null ? null : Integer.valueOf(chosen);
    }
}
