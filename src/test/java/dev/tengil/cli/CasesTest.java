package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every folder under {@code cases} is one case that a person can read: {@code world.yml} is the host, {@code tengil.yml} the file,
 * {@code expected-plan.txt} and {@code expected-commands.txt} what {@code tg plan} and {@code tg plan --commands} print. It may also have
 * {@code before.yml}, applied first; {@code host.txt}, commands that somebody then runs on the host; {@code options.txt}, options of plan
 * and apply; and {@code expected-after.txt}, what a plan shows after the apply where that is not "No changes."
 *
 * <p>{@code UPDATE_CASES=1} writes the expected files anew; the difference in git is then to be read.
 */
class CasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final String CONVERGED = "No changes. The host matches tengil.yml.\n";
    private static final Pattern MAC = Pattern.compile("BC:24:11(:[0-9A-F]{2}){3}");

    /** The places that a case needs to agree on every machine. */
    private static final Map<String, String> MASKS = Map.of("BC:24:11:‹mac›", MAC.pattern());

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> a_case_is_planned_and_applied_as_its_folder_says() throws IOException {
        return cases().stream()
                .map(at -> DynamicTest.dynamicTest(at.getFileName().toString(), () -> new Case(at).check()));
    }

    @Test
    void there_are_enough_cases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(30);
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> found = Files.list(CASES)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** One folder, carried out in a folder of its own. */
    private final class Case {

        private final Path at;
        private final Tg tg;
        private final List<String> options;

        Case(Path at) throws IOException {
            this.at = at;
            this.tg = new Tg(
                    Files.createDirectories(folder.resolve(at.getFileName().toString())));
            this.options = words("options.txt");
        }

        void check() throws IOException {
            ok(tg.run(
                    "sim",
                    "new",
                    "w",
                    "--world",
                    at.resolve("world.yml").toAbsolutePath().toString()));
            if (Files.exists(at.resolve("before.yml"))) {
                ok(tg.file(Files.readString(at.resolve("before.yml"))).run("apply", "--yes"));
            }
            for (String line : lines("host.txt")) {
                ok(tg.onHost(line));
            }
            tg.file(Files.readString(at.resolve("tengil.yml")));
            Tg.Ran plan = run("plan");
            agrees("expected-plan.txt", shown(plan));
            agrees("expected-commands.txt", shown(run("plan", "--commands")));
            if (plan.exit() != 0) {
                assertThat(run("apply", "--yes").exit())
                        .as("apply refuses what plan refuses")
                        .isEqualTo(plan.exit());
                return;
            }
            // Whatever the host, a file that can be applied is valid.
            ok(tg.run("verify"));
            Tg.Ran apply = run("apply", "--yes");
            Tg.Ran after = tg.run("plan");
            if (Files.exists(at.resolve("expected-after.txt"))) {
                agrees("expected-after.txt", shown(after));
            } else {
                ok(apply);
                assertThat(after.out()).isEqualTo(CONVERGED);
            }
        }

        private Tg.Ran run(String... command) {
            List<String> args = new ArrayList<>(List.of(command));
            args.addAll(options);
            return tg.run(args.toArray(String[]::new));
        }

        private void ok(Tg.Ran ran) {
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        }

        private void agrees(String name, String actual) throws IOException {
            Path file = at.resolve(name);
            if (System.getenv("UPDATE_CASES") != null) {
                Files.writeString(file, actual);
            }
            assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
        }

        private List<String> words(String name) {
            return lines(name).stream()
                    .flatMap(line -> Stream.of(line.split(" ", -1)))
                    .toList();
        }

        private List<String> lines(String name) {
            Path file = at.resolve(name);
            try {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a terminal would show, with the exit code where it is not 0. */
    private static String shown(Tg.Ran ran) {
        String text = ran.out() + ran.err() + (ran.exit() == 0 ? "" : "exit " + ran.exit() + "\n");
        for (Map.Entry<String, String> mask : MASKS.entrySet()) {
            text = text.replaceAll(mask.getValue(), mask.getKey());
        }
        return text;
    }
}
