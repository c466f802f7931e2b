package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tengil.cli.Tg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cases that need no Proxmox, on the test machine and on a simulated one like it: the same plan, the same end of the apply,
 * and the same plan after it. One takes half a minute there, so there is a time for all together, and each day begins with others.
 */
@Tag("vm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesOnRealHostTest {

    private static final Duration BUDGET = Duration.ofMinutes(8);
    private static final int STRIDE = 7;

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** What makes a case one for Proxmox, or for pools that the machine has not. */
    private static final Pattern ELSEWHERE = Pattern.compile("(?m)containers:|^storage|rpool|vmid|gpu|publish");

    @TempDir
    static Path folder;

    private TestMachine machine;
    private PlainDebian both;

    @BeforeAll
    void reach() throws Exception {
        machine = TestMachine.fresh();
        both = new PlainDebian(machine, folder);
    }

    @AfterAll
    void giveBack() throws Exception {
        if (machine != null) {
            both.close();
            machine.giveBack();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_case_is_planned_and_applied_as_on_the_simulated_host() throws IOException {
        List<Path> cases = new ArrayList<>();
        try (Stream<Path> found = Files.list(CASES)) {
            for (Path each : found.sorted().toList()) {
                String files = text(each, "tengil.yml") + text(each, "before.yml");
                if (!ELSEWHERE.matcher(files).find() && PlainDebian.knows(text(each, "world.yml"))) {
                    cases.add(each);
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(25);
        Collections.rotate(cases, -(LocalDate.now(ZoneOffset.UTC).getDayOfYear() * STRIDE % cases.size()));
        long end = System.nanoTime() + BUDGET.toNanos();
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> {
                    assumeTrue(
                            System.nanoTime() < end,
                            "skipped: the cases on the test machine that " + BUDGET.toMinutes()
                                    + " minutes were too short for; another day begins with them");
                    check(each);
                }));
    }

    private static String text(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void check(Path at) throws Exception {
        both.begin(text(at, "world.yml"));
        if (!text(at, "before.yml").isEmpty()) {
            both.file(text(at, "before.yml"));
            agree("apply --yes");
        }
        for (String line : text(at, "host.txt").lines().toList()) {
            both.onBoth(line);
        }
        both.file(text(at, "tengil.yml"));
        Tg.Ran apply = agree(("apply --yes " + text(at, "options.txt")).strip());
        if (apply.exit() == 0) {
            agree("plan");
        }
    }

    /** Runs it on both: the same plan is shown, or the same refusal, and it ends alike. */
    private Tg.Ran agree(String line) {
        Tg.Ran real = both.real().say(line);
        Tg.Ran simulated = both.simulated().say(line);
        assertThat(real.exit() + "\n" + PlainDebian.plan(real))
                .as("tg %s\n%s%s", line, real.out(), real.err())
                .isEqualTo(simulated.exit() + "\n" + PlainDebian.plan(simulated));
        return real;
    }
}
