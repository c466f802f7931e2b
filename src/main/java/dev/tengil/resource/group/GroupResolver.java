package dev.tengil.resource.group;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Located;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.FreeIds;
import dev.tengil.resource.Need;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.Accounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gives every declared group its id: the file's, else the host's, else the one chosen before, else a free one. */
public final class GroupResolver {
    /**
     * Groups that the file declares.
     *
     * @param spokenFor ids that users of the file name, so that no group takes them
     */
    public Resolved<Group> resolve(
            List<Declaration> declarations, Collection<Integer> spokenFor, ResolveContext context) {
        List<Integer> named = new ArrayList<>(spokenFor);
        declarations.forEach(declaration -> {
            Integer gid = known(declaration, context);
            if (gid != null) {
                named.add(gid);
            }
        });
        FreeIds free = new FreeIds(context.facts().accounts(), named);
        SortedMap<String, Group> groups = new TreeMap<>();
        Map<Integer, String> names = new HashMap<>();
        for (Declaration declaration : declarations) {
            Integer gid = known(declaration, context);
            if (gid == null) {
                gid = free.take();
            }
            if (gid == null) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "group.no-free-id", "all group ids up to " + FreeIds.HIGHEST + " are taken")
                                .at(declaration.span()));
                continue;
            }
            String other = names.putIfAbsent(gid, declaration.name());
            if (other != null && !other.equals(declaration.name())) {
                context.diagnostics()
                        .add(Diagnostic.error(
                                        "group.id-taken",
                                        "groups " + other + " and " + declaration.name() + " both have the gid " + gid)
                                .at(declaration.span())
                                .help("Give one of them another gid."));
            }
            groups.put(declaration.name(), new Group(Group.addressOf(declaration.name()), gid, declaration.span()));
        }
        return new Resolved<>(List.copyOf(groups.values()), List.of());
    }

    /** Groups that nobody declared and something needs as a name for an id, each once. */
    public List<Group> named(Collection<Need.OfGroup> needs) {
        SortedMap<String, Group> groups = new TreeMap<>();
        needs.forEach(need ->
                groups.putIfAbsent(need.name(), new Group(Group.addressOf(need.name()), need.gid(), need.span())));
        return List.copyOf(groups.values());
    }

    private static @Nullable Integer known(Declaration declaration, ResolveContext context) {
        Located<Integer> asked = declaration.fields().get(GroupKeys.GID);
        if (asked != null) {
            return asked.value();
        }
        Accounts.Group found = context.facts().accounts().groups().get(declaration.name());
        if (found != null) {
            return found.gid();
        }
        Address address = Group.addressOf(declaration.name());
        String chosen = context.applied().choice(address, "gid");
        return chosen == null ? null : Integer.valueOf(chosen);
    }
}
