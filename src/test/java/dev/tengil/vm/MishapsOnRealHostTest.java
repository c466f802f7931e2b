package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals, two at once, a wrong clock, a Samba that somebody broke, a pool without room: on a real host, with the program as shipped. */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MishapsOnRealHostTest {

    private static final int INTERRUPTED = 130;
    private static final String EMPTY = "No changes. The host matches tengil.yml.";

    @TempDir
    static Path folder;

    private TestMachine machine;

    @BeforeAll
    void reach() throws Exception {
        machine = TestMachine.fresh();
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            machine.giveBack();
        }
    }

    /** A folder with a file of a stack of its own, whose second dataset is not begun while the first one's ACL is held. */
    private static Path file(String stack) throws IOException {
        Path own = Files.createDirectories(folder.resolve(stack));
        Files.writeString(own.resolve("tengil.yml"), """
                stack: %1$s
                pools: {tank: {datasets: {%1$s: {acl: ["u:1000:rwx"]}, %1$s2: {quota: 1G}}}}
                """.formatted(stack));
        return own;
    }

    private void finishes(Path own) throws Exception {
        TestMachine.Ran next = machine.shell(own, "tg apply --yes --lock-timeout 2m && tg plan --detailed-exitcode");
        assertThat(next.succeeded()).contains(EMPTY);
        String stack = own.getFileName().toString();
        assertThat(machine.sh("getfacl -cp /tank/" + stack + " | grep -c user:1000:rwx; zfs list -H -o name tank/"
                                + stack + "2")
                        .succeeded())
                .isEqualTo("1\ntank/" + stack + "2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_signal_lets_the_running_operation_finish_and_saves(String signal) throws Exception {
        Path own = file("sig" + signal.toLowerCase(java.util.Locale.ROOT));
        machine.hold("setfacl");
        Started apply = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        apply.signal(signal);
        apply.await("Stopping:");
        machine.release();
        TestMachine.Ran ran = apply.end();
        assertThat(ran.exit()).as(ran.text()).isEqualTo(INTERRUPTED);
        assertThat(ran.text()).contains("The state is saved; run tg apply again.", "not begun");
        finishes(own);
    }

    @Test
    void a_second_ctrl_c_stops_at_once_and_the_next_apply_waits_for_what_still_runs() throws Exception {
        Path own = file("twice");
        machine.hold("setfacl");
        Started apply = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        apply.signal("INT");
        apply.await("Stopping:");
        apply.signal("INT");
        TestMachine.Ran ran = apply.end();
        assertThat(ran.exit()).as(ran.text()).isEqualTo(INTERRUPTED);
        assertThat(ran.text())
                .contains("Stopped at once", "May be half done:\n  dataset:tank/twice: set the ACL of /tank/twice")
                .contains("Run tg apply again: it looks first.");
        Started next = machine.started(own, "apply", "--yes", "--lock-timeout", "5m");
        Thread.sleep(3000);
        assertThat(next.text()).isEmpty();
        machine.release();
        next.end().succeeded();
        finishes(own);
    }

    @Test
    void who_reads_only_the_first_line_breaks_nothing() throws Exception {
        Path own = file("pipe");
        assertThat(machine.shell(own, "tg plan | head -1").succeeded()).isEqualTo("  + dataset:tank/pipe\n");
        assertThat(machine.shell(own, "tg apply --yes | head -1").succeeded()).isEqualTo("  + dataset:tank/pipe\n");
        finishes(own);
    }

    @Test
    void of_two_applies_at_once_one_is_told_who_is_at_work() throws Exception {
        Path own = file("both");
        machine.hold("setfacl");
        Started first = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        TestMachine.Ran second = machine.shell(own, "USER=ben HOSTNAME=laptop tg apply --yes; [ $? = 4 ]");
        assertThat(second.succeeded())
                .containsPattern("error\\[lock.held]: another apply is at work: \\S+ on \\S+, process "
                        + first.process().pid() + ", since 20")
                .doesNotContain("laptop", "some machine")
                .contains("--lock-timeout");
        Started waiting = machine.started(own, "apply", "--yes", "--lock-timeout", "5m");
        machine.release();
        assertThat(first.end().succeeded()).contains("Done: 2 changes made.");
        assertThat(waiting.end().succeeded()).contains(EMPTY);
        finishes(own);
    }

    @Test
    void a_clock_that_goes_back_a_day_during_an_apply_changes_nothing() throws Exception {
        Path own = file("clock");
        machine.hold("setfacl");
        Started apply = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        machine.sh("date -s '-1 day' > /dev/null").succeeded();
        machine.release();
        assertThat(apply.end().succeeded()).contains("Done: 2 changes made.");
        finishes(own);
        machine.sh("date -s '+1 day' > /dev/null").succeeded();
    }

    @Test
    void a_samba_that_somebody_broke_is_left_alone_until_it_is_mended() throws Exception {
        Path own = folder.resolve("samba");
        Files.createDirectories(own);
        String file =
                "stack: samba\npools: {tank: {datasets: {samba: {acl: ['u:1000:rwx'], shares: {smb: {name: Broken}}}}}}\n";
        Files.writeString(own.resolve("tengil.yml"), file);
        machine.sh("cp -p /etc/samba/smb.conf /root/smb.conf; printf '[half a sect\\n' >> /etc/samba/smb.conf")
                .succeeded();
        assertThat(machine.shell(own, "tg apply --yes; [ $? = 1 ]").succeeded())
                .contains(
                        "error[smb.broken]: Samba cannot read the configuration that it has: ",
                        "Error loading services");
        machine.sh("! zfs list tank/samba 2> /dev/null && cp -p /root/smb.conf /etc/samba/smb.conf")
                .succeeded();

        // And once more in the middle: what is written is then not what was checked.
        machine.hold("setfacl");
        Started apply = machine.started(own, "apply", "--yes", "--parallel", "1");
        machine.awaitHeld();
        machine.sh("printf '[half a sect\\n' >> /etc/samba/smb.conf; sha256sum /etc/samba/smb.conf > /root/broken.sum")
                .succeeded();
        machine.release();
        TestMachine.Ran ran = apply.end();
        assertThat(ran.exit()).as(ran.text()).isEqualTo(5);
        assertThat(ran.text())
                .contains("/etc/samba/smb.conf was changed by somebody else since the plan was made")
                .contains("The state is saved; run tg apply again.");
        machine.sh("""
                sha256sum --check --quiet /root/broken.sum
                [ ! -e /etc/samba/tengil-samba.conf ]
                cp -p /root/smb.conf /etc/samba/smb.conf
                """).succeeded();
        assertThat(machine.shell(own, "tg apply --yes && tg plan --detailed-exitcode")
                        .succeeded())
                .contains(EMPTY);
        assertThat(machine.sh(
                                "testparm -s 2> /dev/null | grep -c '^.Broken.$'; ls /etc/samba | grep -c candidate || true")
                        .succeeded())
                .isEqualTo("1\n0\n");
    }
}
