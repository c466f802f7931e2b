package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program, killed behind each of its changes to the host: the next apply ends in the same world as one that was left alone. */
class KillTest {

    private static final int KILLED = 137;
    private static final int FEWEST = 30;

    @TempDir
    Path folder;

    @Test
    void killed_behind_any_change_the_next_apply_ends_in_the_same_world() throws Exception {
        Files.writeString(folder.resolve("tengil.yml"), file());
        assertThat(tg("w0", "apply", "--yes", "--parallel", "1")).isZero();
        String whole = world("w0");
        int n = 1;
        for (; ; n++) {
            String w = "w" + n;
            Files.createDirectories(folder.resolve(w));
            Files.writeString(folder.resolve(w + "/faults.yml"), "- {nth: " + n + ", do: die-after}\n");
            int exit = tg(w, "apply", "--yes", "--parallel", "1");
            Files.delete(folder.resolve(w + "/faults.yml"));
            if (exit == 0) {
                break;
            }
            assertThat(exit).as("killed behind change " + n).isEqualTo(KILLED);
            assertThat(tg(w, "apply", "--yes", "--parallel", "1"))
                    .as("after change " + n)
                    .isZero();
            assertThat(tg(w, "plan", "--detailed-exitcode"))
                    .as("after change " + n)
                    .isZero();
            assertThat(world(w)).as("after change " + n).isEqualTo(whole);
        }
        assertThat(n).as("changes of one apply").isGreaterThan(FEWEST);
    }

    private static String file() {
        StringBuilder text = new StringBuilder("pools:\n  tank:\n    datasets:\n");
        for (int i = 0; i < 4; i++) {
            text.append("      d").append(i).append(":\n        profile: media\n        quota: 10G\n");
        }
        for (int i = 0; i < 4; i++) {
            text.append("      app")
                    .append(i)
                    .append(":\n        profile: appdata\n        owner: 1000:1000\n")
                    .append("        containers:\n          - name: c")
                    .append(i)
                    .append("\n            template: debian-13-standard\n            mount: /data\n")
                    .append("            env: {TZ: Europe/Berlin}\n")
                    .append("            network: {mac: 'BC:24:11:00:00:0")
                    .append(i)
                    .append("'}\n");
        }
        return text.toString();
    }

    private int tg(String world, String... args) throws IOException, InterruptedException {
        Process process = start(world, args);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String errors = Files.readString(folder.resolve("err"));
        assertThat(errors).doesNotContain("tengil.defect").doesNotContain("\tat ");
        return process.exitValue();
    }

    private Process start(String world, String... args) throws IOException {
        List<String> words = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tengil.cli.Main",
                "--host",
                "sim:" + world));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        return builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Without what counts time, tries or chance. */
    private String world(String world) throws IOException, InterruptedException {
        Process process = start(world, "sim", "show", world);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return normal(Files.readString(folder.resolve("out")));
    }

    private static final Pattern CHANCE = Pattern.compile(
            "(?m)^.*(UPID|clock|salt|serial|createtxg|guid|generation|digest).*$|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?");

    static String normal(String text) {
        return CHANCE.matcher(text).replaceAll("");
    }
}
