package dev.tengil.resource;

import dev.tengil.resource.facts.Accounts;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses ids for accounts, clear of what adduser(8) gives to people (from 1000 on, which images also like to run as), of the ids
 * that Debian's packages take (below 1000), and of the ids of unprivileged containers (from 100000 on).
 */
public final class FreeIds {
    public static final int LOWEST = 100;
    public static final int HIGHEST = 60_000;
    private static final int FIRST_CHOICE = 2_000;

    private final Set<Integer> taken = new HashSet<>();

    /**
     * @param accounts what the host has
     * @param spokenFor ids that the file or an earlier choice names
     */
    public FreeIds(Accounts accounts, Collection<Integer> spokenFor) {
        accounts.users().values().forEach(user -> taken.add(user.uid()));
        accounts.groups().values().forEach(group -> taken.add(group.gid()));
        taken.addAll(spokenFor);
    }

    /** An id that is neither a user's nor a group's; it will not be given twice. Null when all are taken. */
    public @org.jspecify.annotations.Nullable Integer take() {
        for (int id = FIRST_CHOICE; id <= HIGHEST; id++) {
            if (taken.add(id)) {
                return id;
            }
        }
        return null;
    }
}
