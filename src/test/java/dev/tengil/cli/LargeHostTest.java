package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with far more on it than any homelab: a plan takes bounded memory and time, counted in what it computes and not in what it waits. */
class LargeHostTest {

    private static final int DATASETS = 5_000;
    private static final int CONTAINERS = 1_000;
    private static final int FIRST = 1_000;

    @Test
    void a_plan_among_thousands_of_datasets_and_containers_of_others_needs_little(@TempDir Path folder)
            throws Exception {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        Files.writeString(folder.resolve("world.yml"), world());
        assertThat(tg.run("sim", "new", "w", "--world", "world.yml").exit()).isZero();
        assertThat(tg.run("apply", "--yes").exit()).isZero();
        Tg.Ran plan = tg.with("JAVA_TOOL_OPTIONS", "-Xmx160m").shell("ulimit -t 60; tg plan -v --detailed-exitcode");
        assertThat(plan.out()).as(plan.err()).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(plan.err())
                .as("snapshots are not even looked at")
                .contains("zfs get -Hp -t filesystem,volume")
                .doesNotContain("snapshot");
    }

    private static String world() {
        StringBuilder world = new StringBuilder("datasets:\n");
        for (int i = 0; i < DATASETS; i++) {
            world.append("  tank/old").append(i).append(": {properties: {compression: zstd}}\n");
        }
        world.append("containers:\n");
        for (int i = 0; i < CONTAINERS; i++) {
            world.append("  ")
                    .append(FIRST + i)
                    .append(": {conf: \"hostname: old")
                    .append(i)
                    .append("\\nmemory: 512\\n\"}\n");
        }
        return world.toString();
    }
}
