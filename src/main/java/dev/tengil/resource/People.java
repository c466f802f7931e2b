package dev.tengil.resource;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may come in through a share, as ids on disk: what a container that works on the same files has to see.
 *
 * @param samba uids of everybody with a Samba password, now or after this plan
 * @param members uids by the name of a group
 */
public record People(SortedSet<Integer> samba, Map<String, Set<Integer>> members) {
    /** Nobody. */
    public static final People NOBODY = new People(new TreeSet<>(), Map.of());

    /** Names of groups whose members are nearly root: nobody needs them for using a share. */
    public static final Set<String> POWERFUL_GROUPS =
            Set.of("root", "sudo", "adm", "disk", "shadow", "docker", "lxd", "kvm", "wheel", "kmem", "staff");

    /** The members of a group; none when it is not known. */
    public Set<Integer> membersOf(String group) {
        return members.getOrDefault(group, Set.of());
    }
}
