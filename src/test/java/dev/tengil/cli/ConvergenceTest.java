package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What must hold for any file on any host. */
class ConvergenceTest {

    private static final String CONVERGED = "No changes. The host matches tengil.yml.\n";
    private static final Pattern CHANCE = Pattern.compile("BC:24:11(:[0-9A-F]{2}){3}");
    private static final Pattern MEANS_NOTHING = Pattern.compile("(?m)^ *onboot: 0\n");
    private static final Pattern MUCH_LEAVES = Pattern.compile("--yes-remove (\\d+)");

    @Property(tries = 300, seed = "300", shrinking = ShrinkingMode.BOUNDED)
    void an_applied_file_is_planned_empty_without_any_registry_and_so_is_the_next_one(
            @ForAll("worlds") String world, @ForAll("files") String first, @ForAll("files") String second)
            throws IOException {
        try (Place place = new Place(world)) {
            place.converges(first);
            place.converges(second);
        }
    }

    @Property(tries = 150, seed = "150", shrinking = ShrinkingMode.BOUNDED)
    void an_apply_that_failed_anywhere_and_was_run_again_ends_in_the_same_world(
            @ForAll("worlds") String world,
            @ForAll("files") String first,
            @ForAll("files") String second,
            @ForAll("numbers") int nth)
            throws IOException {
        try (Place whole = new Place(world);
                Place broken = new Place(world)) {
            if (!whole.converges(first) || !broken.converges(first) || !whole.converges(second)) {
                return;
            }
            broken.tg.file(second);
            broken.tg.faults("- {nth: " + nth + ", do: fail}\n");
            broken.apply();
            broken.tg.faults("[]\n");
            broken.converges(second);
            assertThat(broken.world()).isEqualTo(whole.world());
        }
    }

    @Provide
    Arbitrary<String> files() {
        return RandomHomelab.file();
    }

    @Provide
    Arbitrary<String> worlds() {
        return RandomHomelab.world();
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return net.jqwik.api.Arbitraries.integers().between(1, 40);
    }

    /** A simulated host of its own. */
    private static final class Place implements AutoCloseable {

        private final Path folder = Files.createTempDirectory("tengil");
        private final Tg tg = new Tg(folder);

        Place(String world) throws IOException {
            Files.writeString(folder.resolve("world.yml"), world);
            ok(tg.run("sim", "new", "w", "--world", folder.resolve("world.yml").toString()));
        }

        /** Whether the file can be applied here; if it can, nothing may be left to do afterwards. */
        boolean converges(String file) throws IOException {
            tg.file(file);
            String before = bytes();
            Tg.Ran plan = tg.run("plan");
            assertThat(plan.out() + plan.err()).doesNotContain("tengil.defect");
            assertThat(same(tg.run("plan"))).as("planned twice").isEqualTo(same(plan));
            assertThat(bytes()).as("what a plan leaves behind").isEqualTo(before);
            if (plan.exit() != 0) {
                assertThat(plan.exit()).isIn(Exit.INVALID.code(), Exit.REFUSED.code());
                assertThat(plan.err()).contains("error[");
                return false;
            }
            ok(apply());
            if (plan.out().contains("blocked")) {
                return false;
            }
            tg.faults("- {match: skopeo inspect, do: fail}\n");
            assertThat(tg.run("plan").out()).as("planned after " + plan.out()).isEqualTo(CONVERGED);
            tg.faults("[]\n");
            return true;
        }

        Tg.Ran apply() {
            Tg.Ran ran = tg.run("apply", "--yes", "--parallel", "1");
            Matcher much = MUCH_LEAVES.matcher(ran.err());
            return much.find() ? tg.run("apply", "--yes", "--parallel", "1", "--yes-remove", much.group(1)) : ran;
        }

        /** Without what counts time, tries or chance. */
        String world() {
            String shown = tg.run("sim", "show", "w").out();
            String fixed = CHANCE.matcher(KillTest.normal(shown)).replaceAll("‹mac›");
            return MEANS_NOTHING.matcher(fixed).replaceAll("");
        }

        private static String same(Tg.Ran ran) {
            return CHANCE.matcher(ran.exit() + ran.out() + ran.err()).replaceAll("");
        }

        private static void ok(Tg.Ran ran) {
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        }

        private String bytes() throws IOException {
            StringBuilder all = new StringBuilder();
            for (Path file : files()) {
                if (Files.isRegularFile(file)) {
                    all.append(file).append('\n').append(Files.readString(file)).append('\n');
                }
            }
            return all.toString();
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> walk = Files.walk(folder)) {
                return walk.sorted().toList();
            }
        }

        @Override
        public void close() throws IOException {
            for (Path file : files().stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
