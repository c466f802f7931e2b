package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that is told to stop in the middle of an apply lets the running operation finish, saves, and can be run again. */
class InterruptTest {

    private static final String FILE = """
            pools:
              tank:
                datasets:
                  a:
                    containers: [{name: one, template: debian-13-standard, mount: /a}]
                  b:
                    containers: [{name: two, template: debian-13-standard, mount: /b, depends_on: [one]}]
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_signal_ends_an_apply_between_two_operations_and_the_next_one_finishes_it(String signal) throws Exception {
        Files.writeString(folder.resolve("tengil.yml"), FILE);
        Files.createDirectories(folder.resolve("w"));
        Files.writeString(folder.resolve("w/faults.yml"), "- {match: pct start 100, do: slow, seconds: 4}\n");
        Process apply = tg("apply", "--yes", "--parallel", "1");
        until(apply, "✓ + dataset:tank/b");
        Thread.sleep(1000);
        new ProcessBuilder("kill", "-" + signal, Long.toString(apply.pid()))
                .start()
                .waitFor();
        assertThat(apply.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(apply.exitValue()).as(printed()).isEqualTo(Exit.INTERRUPTED.code());
        assertThat(printed()).contains("Stopping:").doesNotContain("\tat ").doesNotContain("Done:");

        Files.delete(folder.resolve("w/faults.yml"));
        assertThat(tg("sim", "w", "--", "pct", "status", "100").waitFor()).isZero();
        assertThat(printed()).as("the operation that ran").contains("status: running");
        assertThat(tg("apply", "--yes").waitFor()).as(printed()).isZero();
        assertThat(tg("plan", "--detailed-exitcode").waitFor()).as(printed()).isZero();
    }

    @Test
    void a_second_ctrl_c_stops_at_once_and_says_what_may_be_half_done() throws Exception {
        Files.writeString(folder.resolve("tengil.yml"), FILE);
        Files.createDirectories(folder.resolve("w"));
        Files.writeString(folder.resolve("w/faults.yml"), "- {match: pct start 100, do: slow, seconds: 30}\n");
        // A process group of its own, to which Ctrl-C goes as a whole.
        Process apply = tg(List.of("setsid"), "apply", "--yes", "--parallel", "1");
        until(apply, "✓ + dataset:tank/b");
        Thread.sleep(1000);
        ctrlC(apply);
        until(apply, "Stopping:");
        Thread.sleep(500);
        ctrlC(apply);
        assertThat(apply.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(apply.exitValue()).as(printed()).isEqualTo(Exit.INTERRUPTED.code());
        assertThat(printed())
                .contains("Stopped at once", "May be half done:\n  container:one: start container 100 (one)")
                .contains("Run tg apply again")
                .doesNotContain("\tat ");

        Files.delete(folder.resolve("w/faults.yml"));
        assertThat(tg("apply", "--yes").waitFor()).as(printed()).isZero();
        assertThat(tg("plan", "--detailed-exitcode").waitFor()).as(printed()).isZero();
    }

    private static void ctrlC(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).start().waitFor();
    }

    private void until(Process process, String text) throws IOException, InterruptedException {
        for (int i = 0; i < 300 && process.isAlive() && !printed().contains(text); i++) {
            Thread.sleep(100);
        }
        assertThat(printed()).contains(text);
    }

    private String printed() throws IOException {
        return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    }

    private Process tg(String... args) throws IOException {
        return tg(List.of(), args);
    }

    private Process tg(List<String> before, String... args) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tengil.cli.Main"));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TENGIL_HOST", "sim:w");
        return builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
