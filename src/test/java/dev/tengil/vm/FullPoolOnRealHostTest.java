package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real pool without a byte left: known before anything begins, survived when it happens on the way, and nothing in it is lost. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullPoolOnRealHostTest {

    private static final String FULL = """
            dd if=/dev/urandom of=/tank/photos/fill bs=1M 2> /dev/null || true
            zpool sync tank
            for each in 1 2 3 4 5 6; do
                dd if=/dev/urandom of=/tank/photos/fill$each bs=128K 2> /dev/null || true
                zpool sync tank
            done
            zfs list -Hpo available tank
            """;

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void a_small_pool() throws Exception {
        machine = TestMachine.fresh();
        machine.sh("""
                zpool destroy tank
                truncate -s 192M /root/tank.img
                zpool create tank /root/tank.img
                zfs create tank/photos
                echo 'the only copy' > /tank/photos/wedding.jpg
                """).succeeded();
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    @Test
    void full_before_or_during_an_apply_it_costs_nothing_that_was_there() throws Exception {
        Path file = Files.writeString(
                folder.resolve("tengil.yml"),
                "pools: {tank: {datasets: {docs: {acl: ['u:1000:rwx']}, media: {profile: media}, photos: {compression: off}}}}\n"
                        .replace(", photos: {compression: off}", ""));
        machine.hold("setfacl");
        Started apply = machine.started(folder, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        assertThat(machine.sh(FULL).succeeded()).isEqualTo("0\n");
        machine.release();
        TestMachine.Ran ran = apply.end();
        assertThat(ran.exit()).as(ran.text()).isEqualTo(5);
        assertThat(ran.text()).contains("out of space", "The pool is full.", "The state is saved; run tg apply again.");

        assertThat(machine.shell(folder, "tg apply --yes; [ $? = 6 ]").succeeded())
                .contains(
                        "error[pool.full]: the pool tank is full, and dataset tank/media needs it",
                        file.getFileName() + ":1");

        machine.sh("rm /tank/photos/fill*; zpool sync tank").succeeded();
        assertThat(machine.shell(folder, "tg apply --yes && tg plan --detailed-exitcode")
                        .succeeded())
                .contains("No changes.");
        assertThat(machine.sh("cat /tank/photos/wedding.jpg; zpool status -x tank; zfs list -H -o name -r tank")
                        .succeeded())
                .isEqualTo("the only copy\npool 'tank' is healthy\ntank\ntank/docs\ntank/media\ntank/photos\n");
    }
}
