package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.model.HostPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldProcessTest {

    private static final int HALTED = 137;

    private static Process start(Path folder, String prefix, int count, String faults) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        WorldProcess.class.getName(),
                        folder.toString(),
                        prefix,
                        Integer.toString(count),
                        faults)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int end(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static List<String> datasets(Path folder) {
        try (SimulatedHost host = SimulatedHost.in(folder, "sim", Faults.none()).orThrow()) {
            return host.run(Command.reads("zfs", "list", "-H", "-o", "name", "-r", "tank"))
                    .out()
                    .lines()
                    .toList();
        }
    }

    @Test
    void processes_that_work_at_once_lose_nothing_of_each_other(@TempDir Path folder) throws Exception {
        Process one = start(folder, "a", 100, "[]");
        Process other = start(folder, "b", 100, "[]");
        assertThat(end(one)).isZero();
        assertThat(end(other)).isZero();
        assertThat(datasets(folder)).hasSize(201).contains("tank/a99", "tank/b99");
    }

    @Test
    void a_process_halted_before_a_command_has_not_done_it_and_after_it_has(@TempDir Path folder) throws Exception {
        assertThat(end(start(folder, "a", 9, "[{nth: 3, do: die-before}]"))).isEqualTo(HALTED);
        assertThat(datasets(folder)).containsExactly("tank", "tank/a0", "tank/a1");
        assertThat(end(start(folder, "b", 9, "[{nth: 3, do: die-after}]"))).isEqualTo(HALTED);
        assertThat(datasets(folder)).containsExactly("tank", "tank/a0", "tank/a1", "tank/b0", "tank/b1", "tank/b2");
    }

    @Test
    void the_lock_of_a_halted_process_is_free(@TempDir Path folder) throws Exception {
        assertThat(end(start(folder, "a", 1, "[{nth: 1, do: die-after}]"))).isEqualTo(HALTED);
        try (SimulatedHost host = SimulatedHost.in(folder, "sim", Faults.none()).orThrow()) {
            assertThat(host.lock(HostPath.of("/var/lib/tengil/a"), "me", Duration.ZERO))
                    .isInstanceOf(Host.LockAttempt.Held.class);
        }
    }
}
