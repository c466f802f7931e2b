package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds are several times what a slow machine needs, and far below what anything quadratic would take. */
class WorldScaleTest {

    private static final int DATASETS = 10_000;

    @Test
    void ten_thousand_datasets_open_quickly_and_a_thousand_more_are_made_at_even_speed(@TempDir Path folder)
            throws Exception {
        StringBuilder world = new StringBuilder("datasets:\n");
        for (int i = 0; i < DATASETS; i++) {
            world.append("  tank/d").append(i).append(": {}\n");
        }
        Files.writeString(folder.resolve("world.yml"), world);
        SimulatedHost.in(folder, "sim", Faults.none()).orThrow().close();

        long begin = System.nanoTime();
        try (SimulatedHost host = SimulatedHost.in(folder, "sim", Faults.none()).orThrow()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));

            begin = System.nanoTime();
            String all = host.run(Command.reads(
                            "zfs", "get", "-Hp", "-r", "-t", "filesystem", "used,available,mountpoint", "tank"))
                    .out();
            assertThat(all.lines()).hasSize(3 * (DATASETS + 1));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));

            begin = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                assertThat(host.run(Command.changes("zfs", "create", "tank/new" + i))
                                .exit())
                        .isZero();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
        }
    }
}
