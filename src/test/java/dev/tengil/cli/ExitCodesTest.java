package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Host;
import dev.tengil.host.sim.Faults;
import dev.tengil.host.sim.SimulatedHost;
import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every exit code, and what stands behind it. */
class ExitCodesTest {

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void small_file() throws IOException {
        tg = new Tg(folder).file(Tg.SMALL);
    }

    @Test
    void apply_then_plan_has_nothing_left() {
        assertThat(tg.say("plan --detailed-exitcode").exit()).isEqualTo(2);
        Tg.Ran applied = tg.say("apply --yes");
        assertThat(applied.exit()).isZero();
        assertThat(applied.out()).contains("web  http://192.168.1.").contains(":8080");
        Tg.Ran after = tg.say("plan --detailed-exitcode");
        assertThat(after.exit()).isZero();
        assertThat(after.out()).isEqualTo("No changes. The host matches tengil.yml.\n");
    }

    @Test
    void an_invalid_file_ends_with_3_and_its_place() throws IOException {
        Tg.Ran ran = tg.file("pools: {tank: {datasets: {media: {profile: medai}}}}\n")
                .say("plan");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("tengil.yml:1:").contains("did you mean \"media\"?");
    }

    @Test
    void verify_reads_standard_input() {
        Tg.Ran ran = tg.answering("version: 3\nbogus: 1\n", "verify", "-c", "-");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("-:2:1").contains("bogus");
        assertThat(tg.answering("version: 3\n", "verify", "-c", "-").exit()).isZero();
    }

    @Test
    void a_held_lock_ends_with_4_and_says_who_holds_it() throws Exception {
        assertThat(tg.say("apply --yes").exit()).isZero();
        try (Host other =
                SimulatedHost.in(folder.resolve("w"), "sim", Faults.none()).orThrow()) {
            Host.LockAttempt attempt = other.lock(HostPath.of("/var/lib/tengil/main"), "somebody else", Duration.ZERO);
            assertThat(attempt).isInstanceOf(Host.LockAttempt.Held.class);
            for (String line : new String[] {"apply --yes", "stop web", "state rebuild --yes", "adopt web --yes"}) {
                Tg.Ran ran = tg.say(line);
                assertThat(ran.exit()).as(line).isEqualTo(4);
                assertThat(ran.err()).contains("somebody else");
            }
            assertThat(tg.say("plan").exit()).isZero();
            assertThat(tg.say("doctor").out()).contains("held: somebody else");
            ((Host.LockAttempt.Held) attempt).close();
        }
        assertThat(tg.say("apply --yes").exit()).isZero();
    }

    @Test
    void a_partial_failure_ends_with_5_and_the_next_apply_converges() throws IOException {
        tg.faults("- {match: 'zfs create', nth: 1, do: fail, stderr: 'cannot create: out of space'}\n");
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).isEqualTo(5);
        assertThat(ran.out()).contains("cannot create: out of space").contains("run tg apply again");
        Files.delete(tg.path("w/faults.yml"));
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("plan --detailed-exitcode").exit()).isZero();
    }

    @Test
    void a_lost_state_ends_with_6_and_rebuilding_it_works() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.onHost("rm -rf /var/lib/tengil/main/state.json");
        Tg.Ran lost = tg.say("plan");
        assertThat(lost.exit()).isEqualTo(6);
        assertThat(lost.err()).contains("error[state.lost]").contains("tg state rebuild");
        assertThat(tg.say("state rebuild").exit()).as("nobody agreed").isEqualTo(6);
        assertThat(tg.say("state rebuild --yes").exit()).isZero();
        assertThat(tg.say("plan").out()).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("state show").out()).contains("container:web").contains("dataset:tank/media");
    }

    @Test
    void a_damaged_an_empty_and_a_newer_state_end_with_6_untouched() {
        assertThat(tg.say("apply --yes").exit()).isZero();
        for (String text : new String[] {"{\"version\": 1, \"stack\"", "", "{\"version\": 99}"}) {
            tg.onHost("rm -f /var/lib/tengil/main/state.json");
            tg.onHost("touch /var/lib/tengil/main/state.json");
            tg.answering(text, "sim", "w", "--", "dd", "of=/var/lib/tengil/main/state.json", "oflag=append");
            assertThat(tg.onHost("cat /var/lib/tengil/main/state.json").out()).isEqualTo(text);
            for (String line : new String[] {"plan", "apply --yes", "state show", "status", "start web"}) {
                Tg.Ran ran = tg.say(line);
                assertThat(ran.exit()).as(line).isEqualTo(6);
                assertThat(ran.err())
                        .contains("error[state.unreadable]")
                        .contains(text.contains("99") ? "use that tengil here too" : "tg state rebuild");
            }
            assertThat(tg.onHost("cat /var/lib/tengil/main/state.json").out()).isEqualTo(text);
            assertThat(tg.say("doctor").exit()).isEqualTo(1);
        }
        Tg.Ran rebuilt = tg.say("state rebuild --yes");
        assertThat(rebuilt.exit()).as(rebuilt.err()).isZero();
        assertThat(rebuilt.err()).contains("kept as /var/lib/tengil/main/state.json.unreadable-");
        assertThat(tg.onHost("ls /var/lib/tengil/main").out()).contains("state.json.unreadable-");
        assertThat(tg.say("plan --detailed-exitcode").exit()).isZero();
    }

    @Test
    void a_stale_saved_plan_ends_with_6_and_a_fresh_one_runs() throws IOException {
        assertThat(tg.say("plan --out p.json").exit()).isZero();
        assertThat(tg.say("apply p.json").exit()).isZero();
        Tg.Ran again = tg.say("apply p.json");
        assertThat(again.exit()).isEqualTo(6);
        assertThat(again.err()).contains("error[");
        Files.writeString(tg.path("p.json"), "{");
        assertThat(tg.say("apply p.json").err()).doesNotContain("\tat ").doesNotContain("tengil.defect");
        assertThat(tg.say("apply nowhere.json").exit()).isIn(1, 3);
    }

    @Test
    void a_saved_plan_does_not_mind_what_it_does_not_touch_and_does_nothing_but_what_it_shows() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        String more = Tg.SMALL.replace("profile: media", "profile: media\n        quota: 10G");
        tg.file(more);
        assertThat(tg.say("plan --out p.json").exit()).isZero();
        tg.file(more.replace("profile: documents", "profile: documents\n        quota: 20G") + "# a word\n");
        tg.onHost("zfs set atime=on tank/docs");
        Tg.Ran ran = tg.say("apply p.json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("✓ ~ dataset:tank/media").doesNotContain("✓ ~ dataset:tank/docs");
        assertThat(tg.onHost("zfs get -Hp -o value quota tank/media").out()).isEqualTo("10737418240\n");
        assertThat(tg.onHost("zfs get -Hp -o value quota,atime tank/docs").out())
                .isEqualTo("0\non\n");
        assertThat(tg.say("plan").out()).contains("~ dataset:tank/docs").doesNotContain("tank/media");
    }

    @Test
    void a_saved_plan_is_stale_when_what_it_touches_or_needs_changed() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        String more = Tg.SMALL.replace("mount: /docs", "mount: /docs\n            memory: 1G");
        tg.file(more);
        assertThat(tg.say("plan --out p.json").exit()).isZero();
        tg.onHost("pct set 100 -memory 768");
        Tg.Ran changed = tg.say("apply p.json");
        assertThat(changed.exit()).isEqualTo(6);
        assertThat(changed.err()).contains("error[plan.stale]").contains("in the file or on the host was changed");
        assertThat(tg.say("plan --out p.json").exit()).isZero();
        tg.file(more.replace("memory: 1G", "memory: 2G"));
        assertThat(tg.say("apply p.json").exit()).isEqualTo(6);
        tg.file(more);
        tg.onHost("zfs set atime=on tank/docs");
        Tg.Ran needs = tg.say("apply p.json");
        assertThat(needs.exit()).isEqualTo(6);
        assertThat(needs.err()).contains("something that it needs");
        assertThat(tg.onHost("pct config 100").out()).contains("memory: 768");
    }

    @Test
    void much_leaving_at_once_wants_its_number() throws IOException {
        StringBuilder many = new StringBuilder("pools:\n  tank:\n    datasets:\n");
        for (int i = 0; i < 6; i++) {
            many.append("      d").append(i).append(": {profile: media}\n");
        }
        assertThat(tg.file(many.toString()).say("apply --yes").exit()).isZero();
        tg.file("version: 3\n");
        Tg.Ran refused = tg.say("apply --yes");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("--yes-remove 6");
        assertThat(tg.say("apply --yes --yes-remove 6").exit()).isZero();
        assertThat(tg.onHost("zfs list -H -o name tank/d0").exit())
                .as("forgotten, not destroyed")
                .isZero();
    }

    @Test
    void nobody_to_agree_ends_with_6_and_changes_nothing() {
        Tg.Ran ran = tg.say("apply");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err()).contains("--yes");
        assertThat(tg.onHost("zfs list -H -o name tank/media").exit()).isEqualTo(1);
    }

    @Test
    void an_unusable_simulated_host_is_said_in_words() throws IOException {
        Files.writeString(tg.path("w"), "a file");
        Tg.Ran ran = tg.say("plan");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("error[sim.unusable]").doesNotContain("\tat ");
        assertThat(tg.say("plan --host -oProxyCommand=x").exit()).isEqualTo(3);
        Tg.Ran nowhere = tg.say("plan --host ssh://nobody@127.0.0.1:1");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).contains("error[host.unreachable]");
    }
}
