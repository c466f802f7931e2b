package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container gets another image, and whatever goes wrong, there is one container afterwards: the new one or the old one. */
class UpdateTest {

    private static final String BEFORE = """
            pools:
              tank:
                datasets:
                  docs:
                    containers:
                      - name: web
                        image: localhost:5000/demo/app:1.0
                        mount: /docs
                        memory: 1G
                        network: {mac: "BC:24:11:00:00:01"}
            """;
    private static final String AFTER = BEFORE.replace("app:1.0", "app:1.1");
    private static final String BAD = BEFORE.replace("app:1.0", "app:1.2");
    private static final String WORLD = """
            images:
              localhost:5000/demo/app:1.0: {config: {Entrypoint: [app], Env: [VERSION=1.0]}}
              localhost:5000/demo/app:1.1: {config: {Entrypoint: [app], Env: [VERSION=1.1]}}
              localhost:5000/demo/app:1.2: {needs: [WORKING], config: {Entrypoint: [app], Env: [VERSION=1.2]}}
            """;

    private static final int FEWEST = 15;

    @TempDir
    Path folder;

    /** Two lines for the container, by which it also has to answer. */
    private static final String HEALTH = " ".repeat(12) + "ports: [8080]\n" + " ".repeat(12) + "health: {http: /}\n";

    private Tg host(String name) throws IOException {
        return host(name, "");
    }

    private Tg host(String name, String more) throws IOException {
        Tg tg = new Tg(Files.createDirectories(folder.resolve(name)));
        Files.writeString(tg.path("world.yml"), WORLD);
        ok(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString()));
        ok(tg.file(BEFORE + more).say("apply --yes"));
        ok(tg.onHost("mkdir -p -- /etc/pve/firewall"));
        ok(tg.onHost("touch /etc/pve/firewall/100.fw"));
        ok(tg.onHost("touch /tank/docs/letter"));
        ok(tg.onHost("pvesh create /pools --poolid home"));
        ok(tg.onHost("pvesh set /pools --poolid home --vms 100"));
        ok(tg.onHost("pvesh set /access/acl --path /vms/100 --users anna@pve --roles PVEVMUser"));
        ok(tg.onHost("pct set 100 --cpuunits 50 --startup order=3"));
        return tg;
    }

    private static void ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    }

    private static String shown(Tg tg) {
        return KillTest.normal(tg.run("sim", "show", "w").out()).replaceAll("(?m)^.*@tengil_g.*\n", "")
                + tg.onHost("ls /etc/pve/firewall").out()
                + tg.onHost("cat /etc/pve/user.cfg").out().lines().sorted().collect(Collectors.joining("\n", "", "\n"))
                + tg.onHost("ls /tank/docs").out()
                + tg.onHost("pct status 100").out();
    }

    @Test
    void what_belonged_to_the_old_one_belongs_to_the_new_one() throws IOException {
        Tg tg = host("a");
        ok(tg.file(AFTER).say("apply --yes"));
        assertThat(shown(tg))
                .contains("VERSION=1.1", "cpuunits: 50", "startup: order=3", "hwaddr=BC:24:11:00:00:01", "memory: 1024")
                .contains("rpool/data/tengil-aside-100-g2", "status: running", "letter", "100.fw\n")
                .contains("pool:home::100:", "acl:1:/vms/100:anna@pve:PVEVMUser:")
                .doesNotContain("100.fw.tengil", "9000100", "VERSION=1.0");
        assertThat(tg.run("sim", "show", "w").out()).contains("tank/docs@tengil_g2");
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void one_that_does_not_work_is_taken_back_as_if_nothing_had_been() throws IOException {
        Tg tg = host("a");
        String before = shown(tg);
        Tg.Ran ran = tg.file(BAD).say("apply --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out())
                .contains(
                        "its program may have ended at once",
                        "Main process exited",
                        "What it had changed was put back.")
                .doesNotContain("putting back failed");
        assertThat(shown(tg)).isEqualTo(before);
        ok(tg.file(BEFORE).say("apply --yes"));
        assertThat(shown(tg)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "die-after", "cut", "full"})
    void broken_off_anywhere_the_next_apply_ends_with_the_new_one(String how) throws IOException {
        brokenOff(how, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"die-after", "cut"})
    void so_does_one_that_has_to_be_healthy(String how) throws IOException {
        brokenOff(how, HEALTH);
    }

    private void brokenOff(String how, String more) throws IOException {
        Tg whole = host("whole", more);
        long begun = FailureMatrixTest.clock(whole);
        ok(whole.file(AFTER + more).say("apply --yes --parallel 1"));
        long changes = FailureMatrixTest.clock(whole) - begun;
        String wanted = shown(whole);
        int broken = 0;
        for (int nth = 1; nth <= changes; nth++) {
            Tg tg = host(how + nth, more);
            Treasure treasure = Treasure.of(tg.path("w"));
            tg.file(AFTER + more).faults("- {nth: " + nth + ", do: " + how + "}\n");
            Tg.Ran ran = attempt(tg, how, "apply --yes --parallel 1");
            tg.faults("[]\n");
            broken += ran.exit() == 0 ? 0 : 1;
            String said = how + " at change " + nth + "\n" + ran.out() + ran.err();
            assertThat(said).doesNotContain("tengil.defect", "\tat ");
            assertThat(Treasure.of(tg.path("w")).datasets()).as(said).containsAll(treasure.datasets());
            if (how.equals("fail") || how.equals("full")) {
                // Put back at once, or not begun.
                assertThat(tg.onHost("pct status 100").out()).as(said).isEqualTo("status: running\n");
            }
            Tg.Ran next = tg.say("apply --yes --parallel 1");
            assertThat(next.exit()).as(said + next.out() + next.err()).isZero();
            assertThat(tg.say("plan").out()).as(said).isEqualTo("No changes. The host matches tengil.yml.\n");
            assertThat(shown(tg)).as(said + next.out()).isEqualTo(wanted);
            treasure.stillIn(Treasure.of(tg.path("w")));
        }
        assertThat(broken).isGreaterThan(FEWEST);
    }

    @ParameterizedTest
    @ValueSource(strings = "cut")
    void broken_off_anywhere_while_it_fails_the_next_applies_end_with_the_old_one(String how) throws IOException {
        Tg whole = host("whole");
        String wanted = shown(whole);
        long changes = failing(whole);
        for (int nth = 1; nth <= changes; nth++) {
            Tg tg = host(how + nth);
            tg.file(BAD).faults("- {nth: " + nth + ", do: " + how + "}\n");
            Tg.Ran ran = attempt(tg, how, "apply --yes --parallel 1");
            tg.faults("[]\n");
            String said = how + " at change " + nth + "\n" + ran.out() + ran.err();
            Tg.Ran next = tg.say("apply --yes --parallel 1");
            assertThat(next.out() + next.err())
                    .as(said)
                    .doesNotContain("tengil.defect", "\tat ", "putting back failed");
            assertThat(next.exit()).as(said + next.out() + next.err()).isEqualTo(5);
            assertThat(shown(tg).replaceAll("(?m)^.*-failed.*\n", ""))
                    .as(said + next.out())
                    .isEqualTo(wanted);
        }
    }

    @Test
    void broken_off_anywhere_and_given_up_the_old_one_runs_again() throws IOException {
        Tg whole = host("whole");
        String wanted = shown(whole);
        long changes = failing(whole);
        for (int nth = 1; nth <= changes; nth++) {
            Tg tg = host("n" + nth);
            tg.file(BAD).faults("- {nth: " + nth + ", do: cut}\n");
            Tg.Ran ran = tg.say("apply --yes --parallel 1");
            tg.faults("[]\n");
            Tg.Ran next = tg.file(BEFORE).say("apply --yes --parallel 1");
            String said = "at change " + nth + "\n" + ran.out() + ran.err() + next.out() + next.err();
            assertThat(next.exit()).as(said).isZero();
            assertThat(shown(tg).replaceAll("(?m)^.*tengil-aside.*\n", ""))
                    .as(said)
                    .isEqualTo(wanted);
        }
    }

    /** How many changes an update makes that fails and is put back. */
    private static long failing(Tg tg) throws IOException {
        long begun = FailureMatrixTest.clock(tg);
        assertThat(tg.file(BAD).say("apply --yes --parallel 1").exit()).isEqualTo(5);
        return FailureMatrixTest.clock(tg) - begun;
    }

    /** A process that dies takes this one with it, so it gets its own. */
    private static Tg.Ran attempt(Tg tg, String how, String line) throws IOException {
        try {
            return how.startsWith("die") ? tg.shell("tg " + line) : tg.say(line);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
