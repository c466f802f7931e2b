package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others depend on is started before them also when the host boots, by Proxmox itself. */
class StartOrderTest {

    @TempDir
    Path folder;

    private static String container(String name, String more) {
        return "  " + name + ": {template: debian-13-standard, memory: 256M" + more + "}\n";
    }

    private static String startup(Tg tg, String name) {
        String conf = tg.onHost("pct config " + name).out();
        return conf.lines()
                .filter(line -> line.startsWith("startup: "))
                .findFirst()
                .orElse("last");
    }

    @Test
    void each_gets_an_order_behind_what_it_depends_on_and_who_is_needed_by_nobody_comes_last() throws IOException {
        Tg tg = new Tg(folder)
                .file("containers:\n"
                        + container("app", ", vmid: 204, depends_on: [mid], startup: {up: 5}")
                        + container("mid", ", vmid: 203, depends_on: [cache, db]")
                        + container("cache", ", vmid: 202, startup: 4")
                        + container("db", ", vmid: 201"));
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(startup(tg, "201")).isEqualTo("startup: order=1");
        assertThat(startup(tg, "202")).isEqualTo("startup: order=4");
        assertThat(startup(tg, "203")).isEqualTo("startup: order=5");
        assertThat(startup(tg, "204")).isEqualTo("startup: up=5");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void it_goes_when_nobody_depends_on_it_any_more() throws IOException {
        Tg tg = new Tg(folder)
                .file("containers:\n" + container("app", ", depends_on: [db]") + container("db", ", vmid: 201"));
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(startup(tg, "201")).isEqualTo("startup: order=1");
        tg.file("containers:\n" + container("app", "") + container("db", ", vmid: 201"));
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(startup(tg, "201")).isEqualTo("last");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }
}
