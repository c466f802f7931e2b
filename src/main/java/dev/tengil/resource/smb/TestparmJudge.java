package dev.tengil.resource.smb;

import dev.tengil.host.Result;
import dev.tengil.resource.Judge;
import dev.tengil.resource.facts.SmbBaseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what testparm says of a candidate. Its exit code is 0 for unknown parameters too, so all that it newly complains about counts,
 * and every section that is not ours must read as before.
 *
 * @param baseline of the configuration in force; {@link SmbBaseline#NONE} when Samba was not there yet
 * @param before sections of ours in force
 * @param after sections of ours in the candidate
 */
record TestparmJudge(SmbBaseline baseline, SortedSet<String> before, SortedSet<String> after) implements Judge {
    /** Said of every configuration, or no complaint about it. */
    private static final Pattern CHATTER =
            Pattern.compile("\\s*|Load smb config files from .*|Loaded services file OK\\."
                    + "|Weak crypto is (allowed|disallowed) by GnuTLS.*|Server role: .*|Processing section .*"
                    // Said of parameters that still work.
                    + "|.*WARNING: The \".*\" option is deprecated"
                    // Unavoidable beside [homes] and the like, and without effect for whoever does not mix them.
                    + "|WARNING: some services use vfs_fruit, others don't\\..*");

    @Override
    public @Nullable String problem(Result result) {
        List<String> complaints = new ArrayList<>(result.err()
                .lines()
                .filter(line -> !CHATTER.matcher(line).matches())
                .toList());
        baseline.messages().forEach(complaints::remove);
        if (!complaints.isEmpty()) {
            return "testparm does not accept the new configuration: " + String.join(" / ", complaints);
        }
        if (result.exit() != 0) {
            return "testparm does not accept the new configuration: exit code " + result.exit();
        }
        SortedMap<String, SortedMap<String, String>> sections = SmbFile.parse(result.out());
        for (String share : after) {
            if (sections.remove(share) == null) {
                return "testparm does not see the share " + share;
            }
        }
        return baseline.output().isEmpty() ? null : foreign(sections);
    }

    private @Nullable String foreign(SortedMap<String, SortedMap<String, String>> now) {
        SortedMap<String, SortedMap<String, String>> then = SmbFile.parse(baseline.output());
        before.forEach(then::remove);
        for (String section : union(then.keySet(), now.keySet())) {
            if (!bare(then.get(section)).equals(bare(now.get(section)))) {
                return "the section [" + section + "], which is not tengil's, would change";
            }
        }
        return null;
    }

    /** The include line itself is counted to whatever section it follows. */
    private static SortedMap<String, String> bare(@Nullable SortedMap<String, String> section) {
        SortedMap<String, String> rest = new TreeMap<>();
        if (section != null) {
            rest.putAll(section);
        }
        rest.remove("include");
        if (section == null) {
            rest.put("", "");
        }
        return rest;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(one);
        all.addAll(other);
        return all;
    }
}
