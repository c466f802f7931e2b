package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever change to the host goes wrong, in whatever way: it is told, nothing that was there before is lost, and the next apply ends in
 * the same world as one in which nothing went wrong. Once for making everything, once for changing it.
 */
class FailureMatrixTest {

    private static final int FEWEST = 15;
    private static final int MOST_RUNS = 60;

    /** Below this a run only writes down what it means to do; from the other on, any step comes to its end. */
    private static final int SHORTEST = 4;

    private static final int LONGEST = 15;

    private static final String BEFORE = """
            users:
              anna: {uid: 2001, smb_password: !secret anna}
            secrets:
              anna: {generate: 16}
            pools:
              tank:
                datasets:
                  media:
                    profile: media
                    owner: "2001:100"
                    shares:
                      smb: {name: Media, users: [anna]}
                      nfs: {clients: [{host: 192.168.1.0/24, access: ro}]}
                  docs:
                    profile: documents
                    owner: "2001:100"
                    containers:
                      - name: web
                        template: debian-13-standard
                        mount: /docs
                        env: {TZ: Europe/Berlin}
                        network: {mac: "BC:24:11:00:00:01"}
            """;

    private static final String AFTER = BEFORE.replace("      docs:", "      more: {profile: media}\n      docs:")
            .replace("profile: documents", "profile: documents\n        quota: 100G")
            .replace("name: Media", "name: Films")
            .replace("access: ro", "access: rw")
            .replace("Europe/Berlin", "Europe/Vienna")
            .replace("mount: /docs", "mount: /papers\n            memory: 1024");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fail", "full", "hang", "cut"})
    void a_creation_that_goes_wrong_anywhere_is_finished_by_the_next_apply(String how) throws IOException {
        everywhere(how, "", BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "full", "hang", "cut"})
    void a_change_that_goes_wrong_anywhere_is_finished_by_the_next_apply(String how) throws IOException {
        everywhere(how, BEFORE, AFTER);
    }

    /** One run after the other gets only so far: what the first has begun is not forgotten by the second. */
    @Test
    void cut_off_again_and_again_an_apply_still_ends_in_the_same_world() throws IOException {
        for (int stride = 1; stride < LONGEST - SHORTEST; stride++) {
            again("", BEFORE, stride);
            again(BEFORE, AFTER, stride);
        }
    }

    private void again(String before, String after, int stride) throws IOException {
        String name = (before.isEmpty() ? "create" : "change") + stride;
        Tg whole = host("whole " + name, before, after);
        assertThat(whole.say("apply --yes --parallel 1").exit()).isZero();
        Tg tg = host(name, before, after);
        Treasure treasure = Treasure.of(tg.path("w"));
        StringBuilder said = new StringBuilder();
        Tg.Ran ran;
        int runs = 0;
        do {
            int far = SHORTEST + runs * stride % (LONGEST - SHORTEST);
            tg.faults("- {nth: " + far + ", do: cut}\n");
            ran = tg.say("apply --yes --parallel 1");
            said.append(ran.out()).append(ran.err());
        } while (ran.exit() != 0 && ++runs < MOST_RUNS);
        assertThat(runs).as(said.toString()).isBetween(1, MOST_RUNS - 1);
        Files.delete(tg.path("w/faults.yml"));
        assertThat(tg.say("plan").out()).as(said.toString()).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(tg.say("apply --yes").exit()).isZero();
        treasure.stillIn(Treasure.of(tg.path("w")));
        assertThat(shown(tg)).as(said.toString()).isEqualTo(shown(whole));
    }

    private void everywhere(String how, String before, String after) throws IOException {
        Tg whole = host("whole", before, after);
        long begun = clock(whole);
        assertThat(whole.say("apply --yes --parallel 1").exit()).isZero();
        long changes = clock(whole) - begun;
        assertThat(changes).isGreaterThan(FEWEST);
        String wanted = shown(whole);
        for (int n = 1; n <= changes; n++) {
            String where = how + " at change " + n;
            Tg tg = host(how + n, before, after);
            Treasure treasure = Treasure.of(tg.path("w"));
            tg.faults("- {nth: " + n + ", do: " + how + "}\n");
            Tg.Ran broken = tg.say("apply --yes --parallel 1");
            String said = where + "\n" + broken.out() + broken.err();
            Files.delete(tg.path("w/faults.yml"));
            treasure.stillIn(Treasure.of(tg.path("w")));
            assertThat(said).doesNotContain("\tat ", "Exception", "tengil.defect", "null");
            if (broken.exit() == 0) {
                // Another try helped, or it was the last line of a journal whose state was then saved whole.
                assertThat(said).containsAnyOf("trying again", "cannot be written");
            } else {
                assertThat(broken.exit()).as(said).isIn(1, 5);
            }
            Tg.Ran next = tg.say("apply --yes --parallel 1");
            assertThat(next.exit()).as(said + next.out() + next.err()).isZero();
            assertThat(tg.say("plan").out()).as(said).isEqualTo("No changes. The host matches tengil.yml.\n");
            treasure.stillIn(Treasure.of(tg.path("w")));
            assertThat(shown(tg)).as(said).isEqualTo(wanted);
        }
    }

    /** The clock of a simulated host goes on by a second with every change. */
    static long clock(Tg tg) {
        try (SimulatedHost host =
                SimulatedHost.in(tg.path("w"), "sim", Faults.none()).orThrow()) {
            return host.look(world -> world.now().getEpochSecond());
        }
    }

    private Tg host(String name, String before, String after) throws IOException {
        Tg tg = new Tg(Files.createDirectories(folder.resolve(name)));
        String world =
                FailuresTest.FAILURES.resolve("world.yml").toAbsolutePath().toString();
        assertThat(tg.run("sim", "new", "w", "--world", world).exit()).isZero();
        if (!before.isEmpty()) {
            Tg.Ran applied = tg.file(before).say("apply --yes --parallel 1");
            assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
        }
        return tg.file(after);
    }

    private static final Pattern CHANCE = Pattern.compile("(?m)^.*(smbpasswd).*$");

    private static String shown(Tg tg) {
        return CHANCE.matcher(KillTest.normal(tg.run("sim", "show", "w").out())).replaceAll("");
    }
}
