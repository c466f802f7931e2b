package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Each thing that {@code faults.yml} can make go wrong, and that a plan with a mistake in it is none. */
class FaultsTest {

    private static SimulatedHost host(String faults) {
        Faults.Death death = () -> {
            throw new IllegalStateException("died");
        };
        return SimulatedHost.inMemory("", Faults.parse(faults, death).orThrow()).orThrow();
    }

    private static Result run(SimulatedHost host, String line) {
        return host.run(Command.changes(line.split(" ", -1)));
    }

    private static boolean exists(SimulatedHost host, String dataset) {
        return host.look(world -> world.zfs().exists(dataset));
    }

    @Test
    void a_failing_command_is_not_run_and_says_what_it_was_told_to() {
        SimulatedHost host = host("[{match: zfs create, nth: 1, exit: 3, stderr: no}]");
        Result result = run(host, "zfs create tank/a");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).isEqualTo("no\n");
        assertThat(exists(host, "tank/a")).isFalse();
        assertThat(run(host, "zfs create tank/a").exit()).isZero();
    }

    @Test
    void a_command_can_be_done_and_say_that_it_failed_or_be_half_done() {
        SimulatedHost host = host("""
                - {match: zfs create, do: fail-after, exit: 255, stderr: no}
                - {match: zfs set, do: fail, run: zfs set quota=1G tank/a, stderr: out of space}
                """);
        assertThat(run(host, "zfs create tank/a").exit()).isEqualTo(255);
        assertThat(exists(host, "tank/a")).isTrue();
        assertThat(run(host, "zfs set quota=1G compression=lz4 tank/a").err()).isEqualTo("out of space\n");
        assertThat(run(host, "zfs get -Hp -o value quota,compression tank/a").out())
                .isEqualTo("1073741824\non\n");
    }

    @Test
    void a_hanging_command_ends_at_its_deadline_and_did_nothing() {
        SimulatedHost host = host("[{match: zfs create, do: hang}]");
        assertThat(run(host, "zfs create tank/a").exit()).isEqualTo(Result.DEADLINE_EXIT);
        assertThat(exists(host, "tank/a")).isFalse();
    }

    @Test
    void death_before_a_command_leaves_it_undone_and_after_it_done() {
        SimulatedHost before = host("[{nth: 2, do: die-before}]");
        run(before, "zfs create tank/a");
        assertThatThrownBy(() -> run(before, "zfs create tank/b")).hasMessage("died");
        assertThat(exists(before, "tank/a")).isTrue();
        assertThat(exists(before, "tank/b")).isFalse();
        SimulatedHost after = host("[{match: tank/b, do: die-after}]");
        run(after, "zfs create tank/a");
        assertThatThrownBy(() -> run(after, "zfs create tank/b")).hasMessage("died");
        assertThat(exists(after, "tank/b")).isTrue();
    }

    @Test
    void a_rule_without_a_match_does_not_count_what_only_looks() {
        SimulatedHost host = host("[{nth: 2, do: fail}]");
        run(host, "zfs create tank/a");
        host.run(Command.reads("zfs", "list"));
        assertThat(run(host, "zfs create tank/b").exit()).isEqualTo(1);
    }

    @Test
    void a_full_disk_takes_neither_commands_nor_files() {
        SimulatedHost host = host("[{match: mkdir, do: full}, {match: write, do: full}]");
        assertThat(run(host, "mkdir /root/x").err()).isEqualTo("mkdir: No space left on device\n");
        FileWrite file = new FileWrite(HostPath.of("/root/f"), Bytes.utf8("x"), 0600);
        assertThatThrownBy(() -> host.write(file))
                .isInstanceOf(HostException.class)
                .hasMessage("/root/f cannot be written: No space left on device");
    }

    @Test
    void a_lock_is_busy_as_often_as_said_and_then_free() {
        SimulatedHost host = host("[{match: pct set, do: lock, times: 2}]");
        run(host, "pveam download local debian-12-standard_12.12-1_amd64.tar.zst");
        run(host, "pct create 101 local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst --rootfs local-zfs:1");
        for (int i = 0; i < 2; i++) {
            Result busy = run(host, "pct set 101 --memory 1024");
            assertThat(busy.exit()).isEqualTo(255);
            assertThat(busy.err()).isEqualTo("can't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout\n");
        }
        assertThat(run(host, "pct set 101 --memory 1024").exit()).isZero();
        assertThat(run(host, "pct config 101").out()).contains("memory: 1024\n");
    }

    @Test
    void a_slow_command_takes_its_time_and_works() {
        SimulatedHost host = host("[{match: zfs create, do: slow, seconds: 1}]");
        Instant start = Instant.now();
        assertThat(run(host, "zfs create tank/a").exit()).isZero();
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void somebody_else_is_quicker() {
        SimulatedHost host = host("[{match: zfs create, nth: 1, do: meanwhile, run: zfs create tank/a}]");
        assertThat(run(host, "zfs create tank/a").err()).isEqualTo("cannot create 'tank/a': dataset already exists\n");
    }

    @Test
    void a_connection_that_breaks_leaves_the_command_done() {
        SimulatedHost host = host("[{match: zfs create, nth: 1, do: cut}]");
        run(host, "zfs create tank/a");
        assertThat(host.isCut()).isTrue();
        assertThat(exists(host, "tank/a")).isTrue();
    }

    @Test
    void a_plan_with_a_mistake_in_it_is_refused_with_what_there_is() {
        assertThat(reason("[{mach: zfs}]")).contains("a fault has no \"mach\"", "match");
        assertThat(reason("[{do: explode}]")).contains("\"explode\"", "die-after", "meanwhile");
        assertThat(reason("match: zfs")).contains("list");
    }

    private static String reason(String faults) {
        return Faults.parse(faults, () -> {}) instanceof Parsed.Bad<Faults>(String reason) ? reason : "";
    }
}
