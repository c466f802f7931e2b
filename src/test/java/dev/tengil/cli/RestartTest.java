package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that let a container be started again come with the key and go with it; what they do is seen in RestartProgramTest. */
class RestartTest {

    private static final String FILE = """
            containers:
              web: {template: debian-13-standard, restart: always}
              db: {template: debian-13-standard, restart: unless-stopped}
              other: {template: debian-13-standard, restart: no}
            """;
    private static final String UNIT = "/etc/systemd/system/tengil-restart@.service";
    private static final String CALL = "/etc/systemd/system/pve-container@100.service.d/tengil-restart.conf";

    @TempDir
    Path folder;

    private static String ok(Tg.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran.out();
    }

    private static String apply(Tg tg, String file) throws IOException {
        return ok(tg.file(file).say("apply --yes --parallel 1"));
    }

    private static void settled(Tg tg) {
        assertThat(ok(tg.say("plan"))).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void they_come_and_go() throws IOException {
        Tg tg = new Tg(folder);
        assertThat(apply(tg, FILE)).contains("+ restart:web", "+ restart:db").doesNotContain("restart:other");
        assertThat(tg.onHost("cat " + CALL).out())
                .contains("OnSuccess=tengil-restart@%i.service", "OnFailure=tengil-restart@%i.service");
        assertThat(tg.onHost("cat " + UNIT).out()).contains("ExecStart=/usr/bin/perl /etc/tengil/restart/main.pl %i");
        settled(tg);
        assertThat(apply(
                        tg,
                        FILE.replace(
                                "web: {template: debian-13-standard, restart: always}",
                                "web: {template: debian-13-standard}")))
                .contains("- restart:web");
        assertThat(tg.onHost("ls " + CALL).exit()).isNotZero();
        assertThat(tg.onHost("cat " + UNIT).exit()).isZero();
        settled(tg);
        apply(tg, FILE.substring(0, FILE.indexOf("  db:")).replace(", restart: always", ""));
        assertThat(tg.onHost("cat " + UNIT).exit()).isNotZero();
        assertThat(tg.onHost("cat /etc/tengil/restart/main.pl").exit()).isNotZero();
        settled(tg);
    }

    @Test
    void what_somebody_changed_is_put_right() throws IOException {
        Tg tg = new Tg(folder);
        apply(tg, FILE);
        for (String path : new String[] {CALL, UNIT, "/etc/tengil/restart/main.pl"}) {
            ok(tg.onHost("cp /etc/hostname " + path));
            assertThat(ok(tg.say("plan"))).contains("~ restart:web").doesNotContain("container:");
            apply(tg, FILE);
            settled(tg);
        }
    }

    @Test
    void a_state_that_is_made_anew_knows_them_after_the_next_apply() throws IOException {
        Tg tg = new Tg(folder);
        apply(tg, FILE);
        ok(tg.onHost("rm -f /var/lib/tengil/main/state.json"));
        ok(tg.say("state rebuild --yes"));
        assertThat(apply(tg, FILE)).contains("→ restart:web", "→ restart:db");
        settled(tg);
        assertThat(apply(tg, FILE.replace(", restart: always", ""))).contains("- restart:web");
        assertThat(tg.onHost("ls " + CALL).exit()).isNotZero();
    }

    @Test
    void what_cannot_be_told_is_not_promised() throws IOException {
        Tg tg = new Tg(folder).file(FILE.replace("unless-stopped", "on-failure"));
        assertThat(tg.say("plan").err()).contains("LXC does not tell whether the program failed");
    }
}
