package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Key;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.container.ContainerKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** The file with what lies beside it, but for the digests: they are looked up anew. */
    private void copy(String example) throws IOException {
        Path file = Path.of("examples", example);
        try (Stream<Path> beside = Files.list(file.getParent())) {
            for (Path each : beside.toList()) {
                String name =
                        each.equals(file) ? "tengil.yml" : each.getFileName().toString();
                if (!name.equals("tengil.lock")) {
                    Files.copy(each, folder.resolve(name));
                }
            }
        }
    }

    private int on(String command, String... more) {
        String[] words = Arrays.copyOf(new String[] {command, "--host", "sim:world"}, 3 + more.length);
        System.arraycopy(more, 0, words, 3, more.length);
        return tg(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml", "nas/tengil.yml", "task-list/before.yml", "task-list/after.yml"})
    void an_example_is_applied_as_it_stands_and_then_nothing_is_left_to_do(String example) throws IOException {
        copy(example);
        assertThat(on("apply", "--yes")).as(err + "\n" + out).isZero();
        assertThat(on("plan", "--detailed-exitcode")).as(err + "\n" + out).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("No changes. The host matches tengil.yml.\n");
        assertThat(folder.resolve("tengil.lock").toFile().exists())
                .isEqualTo(!example.contains("nas") && !example.contains("before"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml", "nas/tengil.yml"})
    void no_generated_secret_is_seen_anywhere_but_where_it_belongs(String example) throws IOException {
        copy(example);
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

    /** Keys that a homelab of the simulated host cannot show, or that say the same as others. */
    private static final Set<String> NOT_SHOWN = Set.of(
            // they name things that the host must have or choose what is chosen anyway
            "container.vmid",
            "container.pool",
            "container.storage",
            "container.template_storage",
            "container.node",
            // of a second file beside this one
            "tengil.yml.stack",
            // other words for what is shown
            "container.workdir",
            "container.fallback",
            "dataset.mountpoint");

    @Test
    void the_homelab_shows_every_key_that_works() throws IOException {
        String text = Files.readString(Path.of("examples/homelab/tengil.yml"));
        List<String> missing = Stream.of(TengilFile.ROOT, TengilFile.DATASET, ContainerKeys.SHAPE)
                .flatMap(shape -> shape.keys().get().stream()
                        .filter(key -> key.support() == Key.Support.NOW && key.instead() == null)
                        .filter(key -> !Pattern.compile("(?m)(^|[ {])" + key.name() + ":")
                                .matcher(text)
                                .find())
                        .map(key -> shape.title() + "." + key.name()))
                .toList();
        assertThat(missing).containsExactlyInAnyOrderElementsOf(NOT_SHOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"homelab/tengil.yml"})
    void a_saved_plan_is_carried_out_as_shown_and_only_once(String example) throws IOException {
        copy(example);
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
