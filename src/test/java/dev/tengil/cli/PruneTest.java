package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.HostException;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import dev.tengil.plan.Plan;
import dev.tengil.plan.Prune;
import dev.tengil.resource.Applied;
import dev.tengil.resource.Operation;
import dev.tengil.resource.dataset.KeptSnapshot;
import dev.tengil.resource.facts.Observer;
import dev.tengil.resource.facts.Wanted;
import dev.tengil.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What updates left behind is removed when it is old, and never when anybody needs it. */
class PruneTest {

    private static final String STATES = "/var/lib/tengil";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void four_updates() throws IOException {
        tg = new Tg(folder);
        StringBuilder world = new StringBuilder("images:\n");
        for (int i = 0; i < 5; i++) {
            world.append("  localhost:5000/demo/app:1.")
                    .append(i)
                    .append(": {config: {Env: [V=")
                    .append(i)
                    .append("]}}\n");
        }
        Files.writeString(tg.path("world.yml"), world.toString());
        assertThat(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString())
                        .exit())
                .isZero();
        for (int i = 0; i < 5; i++) {
            tg.file("pools: {tank: {datasets: {apps: {}}}}\ncontainers: {web: {in: tank/apps, volumes: ['data:/data'],"
                    + " image: 'localhost:5000/demo/app:1." + i + "'}}\n");
            assertThat(tg.say("apply --yes").exit()).isZero();
        }
    }

    private Plan plan(boolean states) throws HostException {
        try (SimulatedHost host =
                SimulatedHost.in(tg.path("w"), "sim", Faults.none()).orThrow()) {
            var none = new TreeSet<HostPath>();
            Wanted wanted = new Wanted(
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    none,
                    none,
                    new TreeSet<>(),
                    true,
                    true,
                    false,
                    false,
                    false);
            var seen = Observer.observe(host, wanted, 1);
            assertThat(seen.diagnostics().all()).isEmpty();
            StateStore store = new StateStore(host, "main");
            Applied applied = ((StateStore.Loaded.Found) store.load()).applied();
            List<String> names =
                    Arrays.asList(tg.onHost("ls " + STATES + "/main").out().split("\n", -1));
            List<String> used = states
                    ? List.of(tg.onHost("cat " + STATES + "/main/state.json").out())
                    : List.of();
            String snapshots = host.run(KeptSnapshot.look()).out();
            return Prune.plan(seen.facts(), applied, names, used, snapshots, Prune.GENERATIONS);
        }
    }

    private static List<String> addresses(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.address().toString())
                .toList();
    }

    @Test
    void the_newest_two_of_a_container_stay() throws Exception {
        assertThat(tg.onHost("zfs list -H -o name -r rpool/data").out())
                .contains("aside-100-g2", "aside-100-g3", "aside-100-g4", "aside-100-g5");
        assertThat(addresses(plan(true)).stream().filter(each -> each.startsWith("disk:")))
                .containsExactly("disk:rpool/data/tengil-aside-100-g3", "disk:rpool/data/tengil-aside-100-g2");
    }

    @Test
    void snapshots_of_data_go_with_the_root_disks_that_they_belong_to() throws Exception {
        assertThat(snapshots(plan(true)))
                .containsExactly("snapshot:tank/apps/web/data@tengil_g3", "snapshot:tank/apps/web/data@tengil_g2");
        Plan plan = plan(true);
        plan.steps().stream()
                .flatMap(step -> step.operations().stream())
                .filter(Operation.Run.class::isInstance)
                .map(each -> String.join(" ", ((Operation.Run) each).command().argv()))
                .forEach(line -> assertThat(tg.onHost(line).exit()).as(line).isZero());
        assertThat(tg.onHost("zfs list -H -t snapshot -o name tank/apps/web/data")
                        .out())
                .contains("@tengil_g4", "@tengil_g5")
                .doesNotContain("g2", "g3");
    }

    @Test
    void a_snapshot_that_is_held_cloned_or_somebody_elses_stays() throws Exception {
        tg.onHost("zfs clone tank/apps/web/data@tengil_g2 tank/apps/old");
        tg.onHost("zfs hold mine tank/apps/web/data@tengil_g3");
        tg.onHost("zfs snapshot tank/apps/web/data@autosnap_1");
        tg.onHost("zfs create tank/foreign");
        tg.onHost("zfs snapshot tank/foreign@tengil_g1");
        assertThat(snapshots(plan(true))).isEmpty();
    }

    @Test
    void the_snapshot_of_a_root_disk_that_stays_stays_however_old_it_is() throws Exception {
        assertThat(tg.onHost("zfs create rpool/data/tengil-aside-100-g2/mine").exit())
                .isZero();
        assertThat(snapshots(plan(true))).containsExactly("snapshot:tank/apps/web/data@tengil_g3");
    }

    private static List<String> snapshots(Plan plan) {
        return addresses(plan).stream()
                .filter(each -> each.startsWith("snapshot:"))
                .toList();
    }

    @Test
    void archives_go_whose_digest_nobody_names() throws Exception {
        // The state names the present one and the former ones.
        assertThat(addresses(plan(true))).noneMatch(each -> each.startsWith("image:"));
        assertThat(addresses(plan(false)).stream().filter(each -> each.startsWith("image:")))
                .hasSize(5)
                .allMatch(each -> each.startsWith("image:tengil-app-1."));
    }

    @Test
    void what_lies_in_no_folder_of_ours_is_somebody_elses() throws Exception {
        assertThat(tg.onHost("zfs create rpool/data/tengil-aside-100-g1").exit())
                .isZero();
        assertThat(tg.onHost("rm -- /var/lib/tengil/main/tengil-aside-100-g3.conf")
                        .exit())
                .isZero();
        assertThat(addresses(plan(true)).stream().filter(each -> each.startsWith("disk:")))
                .containsExactly("disk:rpool/data/tengil-aside-100-g2");
    }

    @Test
    void what_a_container_uses_or_holds_others_datasets_stays() throws Exception {
        assertThat(tg.onHost("zfs create rpool/data/tengil-aside-100-g2/mine").exit())
                .isZero();
        assertThat(tg.onHost("pct set 100 --mp3 /rpool/data/tengil-aside-100-g3,mp=/old")
                        .exit())
                .isZero();
        assertThat(addresses(plan(true))).noneMatch(each -> each.startsWith("disk:"));
    }
}
