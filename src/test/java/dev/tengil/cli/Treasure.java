package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.host.sim.World;
import dev.tengil.host.sim.Zdataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a host holds that must not get lost.
 *
 * @param datasets guids of all datasets and snapshots
 * @param files what lies in the datasets, by dataset and path
 * @param guests configs of all containers, by vmid
 * @param foreign lines that others wrote, by file
 */
record Treasure(
        Set<String> datasets,
        Map<String, String> files,
        Map<String, String> guests,
        Map<String, List<String>> foreign) {

    private static final String GUESTS = "/etc/pve/lxc";
    /** By hand, or of other tools: no line of tengil's own has these words. */
    private static final List<String> SHARED =
            List.of("/etc/samba/smb.conf", "/etc/exports", "/etc/passwd", "/etc/group");

    static Treasure of(Path folder) {
        try (SimulatedHost host = SimulatedHost.in(folder, "sim", Faults.none()).orThrow()) {
            return host.look(Treasure::of);
        }
    }

    private static Treasure of(World world) {
        Set<String> datasets = new TreeSet<>();
        Map<String, String> files = new TreeMap<>();
        for (String pool : world.zfs().pools()) {
            for (Zdataset each : world.zfs().tree(pool, true)) {
                datasets.add(each.guid());
                if (each.mounted()) {
                    collect(world, world.zfs().mountpoint(each.name()), files);
                }
            }
        }
        Map<String, String> guests = new TreeMap<>();
        for (String conf : world.disk().list(GUESTS)) {
            guests.put(conf, text(world, GUESTS + "/" + conf));
        }
        Map<String, List<String>> foreign = new TreeMap<>();
        for (String path : SHARED) {
            foreign.put(
                    path,
                    text(world, path)
                            .lines()
                            .filter(line -> !line.contains("tengil"))
                            .toList());
        }
        return new Treasure(datasets, files, guests, foreign);
    }

    private static void collect(World world, String directory, Map<String, String> files) {
        for (String name : world.disk().list(directory)) {
            String path = directory.equals("/") ? "/" + name : directory + "/" + name;
            Inode inode = world.disk().get(path);
            if (inode != null && inode.kind() == Inode.Kind.DIRECTORY) {
                collect(world, path, files);
            } else if (inode != null && inode.kind() == Inode.Kind.FILE) {
                files.put(path, inode.content().text());
            }
        }
    }

    private static String text(World world, String path) {
        Inode inode = world.disk().follow(path);
        return inode == null ? "" : inode.content().text();
    }

    /** Fails when anything of this is missing there. */
    void stillIn(Treasure after) {
        assertThat(after.datasets).as("datasets").containsAll(datasets);
        assertThat(after.files).as("files").containsAllEntriesOf(files);
        assertThat(after.guests.keySet()).as("containers").containsAll(guests.keySet());
        guests.forEach((conf, text) -> {
            if (text.contains("by hand")) {
                assertThat(after.guests.get(conf)).as(conf).isEqualTo(text);
            }
        });
        foreign.forEach((path, lines) ->
                assertThat(after.foreign.getOrDefault(path, List.of())).as(path).containsAll(lines));
    }
}
