package dev.tengil.resource.dataset;

import dev.tengil.host.Command;
import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.facts.Dataset;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A snapshot of data that an update took before it.
 *
 * @param name with the dataset: {@code tank/photos@tengil_g7}
 * @param generation the update's
 * @param bytes that its removal would free
 */
public record KeptSnapshot(DatasetName dataset, String name, int generation, long bytes) {

    private static final Pattern OURS = Pattern.compile("tengil_g(\\d{1,9})(?:_\\d{1,3})?");
    private static final String OWNER = "tengil:owner";
    private static final int COLUMNS = 4;

    /** What {@link #of} reads: one look, in which datasets tell what they are clones of. */
    public static Command look() {
        return Command.reads(
                "zfs", "list", "-Hp", "-t", "filesystem,volume,snapshot", "-o", "name,used,userrefs,origin");
    }

    /**
     * Those that are this stack's and in nobody's hands: taken by an update, on a dataset that the stack applied or below one, neither
     * held nor the origin of a clone.
     *
     * @param listed the answer to {@link #look}
     */
    public static List<KeptSnapshot> of(Facts facts, Applied applied, String listed) {
        List<KeptSnapshot> found = new ArrayList<>();
        Set<String> origins = new HashSet<>();
        for (String line : listed.lines().toList()) {
            String[] cells = line.split("\t", -1);
            int at = cells[0].indexOf('@');
            if (cells.length != COLUMNS) {
                continue;
            }
            origins.add(cells[3]);
            Matcher name = OURS.matcher(cells[0].substring(at + 1));
            if (at > 0
                    && cells[2].equals("0")
                    && cells[1].matches("\\d{1,18}")
                    && name.matches()
                    && DatasetName.parse(cells[0].substring(0, at))
                            instanceof Parsed.Ok<DatasetName>(DatasetName dataset)
                    && isOurs(dataset, facts, applied)) {
                found.add(
                        new KeptSnapshot(dataset, cells[0], Integer.parseInt(name.group(1)), Long.parseLong(cells[1])));
            }
        }
        found.removeIf(snapshot -> origins.contains(snapshot.name()));
        found.sort(Comparator.comparing(KeptSnapshot::dataset)
                .thenComparing(Comparator.comparingInt(KeptSnapshot::generation).reversed())
                .thenComparing(KeptSnapshot::name));
        return found;
    }

    /**
     * Those that no way back needs: older than the newest few of their dataset, and of a generation of which no old root disk is kept.
     *
     * @param disks generations of the root disks that stay
     * @param keep how many generations of each dataset stay in any case: the data of a failed update is brought back by hand
     */
    public static List<KeptSnapshot> superfluous(List<KeptSnapshot> snapshots, Collection<Integer> disks, int keep) {
        List<KeptSnapshot> old = new ArrayList<>();
        for (KeptSnapshot snapshot : snapshots) {
            SortedSet<Integer> newer = new TreeSet<>();
            snapshots.stream()
                    .filter(other ->
                            other.dataset().equals(snapshot.dataset()) && other.generation() > snapshot.generation())
                    .forEach(other -> newer.add(other.generation()));
            if (newer.size() >= keep && !disks.contains(snapshot.generation())) {
                old.add(snapshot);
            }
        }
        return old;
    }

    /** The nearest dataset of which anything is known decides. */
    private static boolean isOurs(DatasetName name, Facts facts, Applied applied) {
        for (DatasetName here = name; ; here = here.parent()) {
            Dataset dataset = facts.datasets().get(here);
            String owner = dataset == null ? null : dataset.local(OWNER);
            if (owner != null) {
                return owner.equals(applied.stack());
            }
            if (applied.get(new Address("dataset", here.value())) != null) {
                return true;
            }
            if (here.isPoolRoot()) {
                return false;
            }
        }
    }
}
