package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int tg(String... words) {
        out.reset();
        err.reset();
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("HOME", folder.toString()),
                folder,
                false,
                false,
                80,
                time -> {});
        return Main.run(words, io);
    }

    private int on(String command, String... more) {
        String[] words = Arrays.copyOf(new String[] {command, "--host", "sim:world"}, 3 + more.length);
        System.arraycopy(more, 0, words, 3, more.length);
        return tg(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml", "nas/tengil.yml", "task-list/before.yml", "task-list/after.yml"})
    void an_example_is_applied_as_it_stands_and_then_nothing_is_left_to_do(String example) throws IOException {
        Files.copy(Path.of("examples", example), folder.resolve("tengil.yml"));
        assertThat(on("apply", "--yes")).as(err + "\n" + out).isZero();
        assertThat(on("plan", "--detailed-exitcode")).as(err + "\n" + out).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(folder.resolve("tengil.lock").toFile().exists())
                .isEqualTo(!example.contains("nas") && !example.contains("before"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml", "nas/tengil.yml"})
    void no_generated_secret_is_seen_anywhere_but_where_it_belongs(String example) throws IOException {
        Files.copy(Path.of("examples", example), folder.resolve("tengil.yml"));
        on("apply", "--yes", "-v");
        String printed = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        tg("sim", "world", "--", "cat", "/var/lib/tengil/main/secrets.json");
        String store = out.toString(StandardCharsets.UTF_8);
        assertThat(store).contains("anna");
        tg("sim", "world", "--", "cat", "/var/lib/tengil/main/state.json");
        String state = out.toString(StandardCharsets.UTF_8);
        on("plan", "--json");
        String plan = out.toString(StandardCharsets.UTF_8);
        for (String value : store.replaceAll("[{}\"\\s]", "").split(",", -1)) {
            String secret = value.substring(value.indexOf(':') + 1);
            assertThat(printed + state + plan).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml"})
    void a_saved_plan_is_carried_out_as_shown_and_only_once(String example) throws IOException {
        Files.copy(Path.of("examples", example), folder.resolve("tengil.yml"));
        assertThat(on("plan", "--out", "saved"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(tg("apply", "saved"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(tg("apply", "saved")).isEqualTo(Exit.REFUSED.code());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error[plan.stale]");
    }
}
