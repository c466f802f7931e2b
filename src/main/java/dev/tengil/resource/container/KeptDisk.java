package dev.tengil.resource.container;

import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.VmId;
import dev.tengil.resource.Applied;
import dev.tengil.resource.StateFolder;
import dev.tengil.resource.facts.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A root disk that an update set aside.
 *
 * @param vmid the container whose it was
 * @param generation the one that no longer has it
 * @param config where the config of that container is kept
 * @param bytes that it uses
 */
public record KeptDisk(VmId vmid, int generation, DatasetName dataset, HostPath config, long bytes) {

    private static final Pattern NAME =
            Pattern.compile("tengil-aside-([1-9]\\d{2,8})-g(\\d{1,9})((?:-\\d{1,3})?)(-failed)?");

    /**
     * All that are this stack's: those whose config lies in its folder. Others may be another stack's.
     *
     * @param folder names in the stack's folder
     */
    public static List<KeptDisk> of(Facts facts, Collection<String> folder, String stack) {
        Set<String> names = new TreeSet<>(folder);
        List<KeptDisk> disks = new ArrayList<>();
        facts.datasets().values().forEach(dataset -> {
            Matcher name = NAME.matcher(dataset.name().leaf());
            if (name.matches() && VmId.parse(name.group(1)) instanceof Parsed.Ok<VmId>(VmId vmid)) {
                String config = dataset.name().leaf().replaceFirst("-failed$", "") + ".conf";
                var used = dataset.properties().get("used");
                if (names.contains(config)) {
                    disks.add(new KeptDisk(
                            vmid,
                            Integer.parseInt(name.group(2)),
                            dataset.name(),
                            StateFolder.of(stack).resolve(config),
                            used == null || !used.value().matches("\\d{1,18}") ? 0 : Long.parseLong(used.value())));
                }
            }
        });
        disks.sort(Comparator.comparing(KeptDisk::vmid)
                .thenComparing(Comparator.comparingInt(KeptDisk::generation).reversed())
                .thenComparing(KeptDisk::dataset));
        return disks;
    }

    /**
     * Those that nobody needs: older than the newest few of their container, and neither used by any container, nor holding datasets of
     * somebody, nor part of what an apply that was cut off had begun.
     *
     * @param keep how many of each container stay
     */
    public static List<KeptDisk> superfluous(List<KeptDisk> disks, Facts facts, Applied applied, int keep) {
        Map<VmId, Integer> seen = new HashMap<>();
        List<KeptDisk> old = new ArrayList<>();
        for (KeptDisk disk : disks) {
            int number = seen.merge(disk.vmid(), 1, Integer::sum);
            if (number > keep && !isUsed(disk, facts) && !isBegun(disk, applied)) {
                old.add(disk);
            }
        }
        return old;
    }

    private static boolean isUsed(KeptDisk disk, Facts facts) {
        boolean holds = facts.datasets().keySet().stream().anyMatch(other -> other.isBelow(disk.dataset()));
        boolean named = facts.guests().values().stream()
                .map(guest -> guest.conf())
                .anyMatch(conf ->
                        conf != null && conf.text().contains(disk.dataset().leaf()));
        return holds || named;
    }

    private static boolean isBegun(KeptDisk disk, Applied applied) {
        return applied.intended().keySet().stream()
                .map(address -> Aside.begun(address, applied))
                .anyMatch(begun -> begun != null
                        && disk.dataset().leaf().startsWith(begun.dataset().leaf()));
    }
}
