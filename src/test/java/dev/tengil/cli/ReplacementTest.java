package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that is made anew keeps its old root disk whatever happens on the way. */
class ReplacementTest {

    private static final String BEFORE = """
            pools:
              tank:
                datasets:
                  docs:
                    containers:
                      - name: web
                        image: docker.io/library/redis:7
                        mount: /docs
                        network: {mac: "BC:24:11:00:00:01"}
            """;
    private static final String AFTER = BEFORE.replace("redis:7", "redis:6");
    private static final String WORLD = """
            images:
              redis:6: {config: {Entrypoint: [redis-server, --old]}}
              redis:7: {config: {Entrypoint: [redis-server]}}
            """;
    private static final int MOST_CHANGES = 40;

    /** Below this a run only writes down what it means to do. */
    private static final int SHORTEST = 4;

    private static final int STRIDES = 13;

    @TempDir
    Path folder;

    @Test
    void one_that_failed_at_any_change_is_carried_on_by_the_next_apply() throws IOException {
        String whole = world(replaced(0));
        assertThat(whole).contains("redis-server --old").contains("rpool/data/tengil-aside-100-g2");
        int failures = 0;
        for (int nth = 1; nth < MOST_CHANGES; nth++) {
            Tg tg = replaced(nth);
            String plan = tg.say("plan").out();
            if (!plan.startsWith("No changes")) {
                failures++;
                Tg.Ran next = tg.say(
                        "apply --yes --parallel 1" + (plan.contains("blocked") ? " --replace container:web" : ""));
                assertThat(next.exit())
                        .as("after failing at change " + nth + "\n" + plan + next.out() + next.err())
                        .isZero();
            }
            assertThat(tg.say("plan").out()).as("after change " + nth).startsWith("No changes.");
            assertThat(world(tg)).as("failed at change " + nth).isEqualTo(whole);
        }
        assertThat(failures).isGreaterThan(8);
    }

    /** One run after the other is cut off: what the first has begun is not forgotten by the second. */
    @Test
    void one_that_is_cut_off_again_and_again_is_carried_on() throws IOException {
        String whole = world(replaced(0));
        for (int far = SHORTEST; far < SHORTEST + STRIDES; far++) {
            Tg tg = before("cut" + far);
            tg.faults("- {nth: " + far + ", do: cut}\n");
            StringBuilder said = new StringBuilder();
            Tg.Ran ran = tg.say("apply --yes --parallel 1 --replace container:web");
            for (int runs = 1; ran.exit() != 0 && runs < MOST_CHANGES; runs++) {
                said.append(ran.out()).append(ran.err());
                tg.faults("- {nth: " + (SHORTEST + runs * far % STRIDES) + ", do: cut}\n");
                String plan = tg.say("plan").out();
                ran = tg.say("apply --yes --parallel 1" + (plan.contains("blocked") ? " --replace container:web" : ""));
            }
            tg.faults("[]\n");
            said.append(ran.out()).append(ran.err());
            assertThat(ran.exit()).as(said.toString()).isZero();
            assertThat(tg.say("plan").out()).as(said.toString()).startsWith("No changes.");
            assertThat(world(tg)).as(said.toString()).isEqualTo(whole);
        }
    }

    /** Applied, and replaced with a failure at this change; 0 for none. */
    private Tg replaced(int nth) throws IOException {
        Tg tg = before("n" + nth);
        if (nth > 0) {
            tg.faults("- {nth: " + nth + ", do: fail}\n");
        }
        Tg.Ran ran = tg.say("apply --yes --parallel 1 --replace container:web");
        assertThat(ran.out() + ran.err()).doesNotContain("tengil.defect");
        tg.faults("[]\n");
        return tg;
    }

    private Tg before(String name) throws IOException {
        Tg tg = new Tg(Files.createDirectories(folder.resolve(name)));
        Files.writeString(tg.path("world.yml"), WORLD);
        assertThat(tg.run("sim", "new", "w", "--world", tg.path("world.yml").toString())
                        .exit())
                .isZero();
        assertThat(tg.file(BEFORE).say("apply --yes").exit()).isZero();
        tg.onHost("mkdir -p -- /etc/pve/firewall");
        assertThat(tg.onHost("touch /etc/pve/firewall/100.fw").exit()).isZero();
        return tg.file(AFTER);
    }

    private static String world(Tg tg) {
        // Every attempt takes a snapshot of its own.
        return KillTest.normal(tg.run("sim", "show", "w").out()).replaceAll("(?m)^.*@tengil_g.*\n", "")
                + tg.onHost("ls /etc/pve/firewall").out();
    }
}
