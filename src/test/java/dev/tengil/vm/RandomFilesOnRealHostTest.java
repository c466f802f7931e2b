package dev.tengil.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.RandomHomelab;
import dev.tengil.cli.Tg;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.jspecify.annotations.Nullable;

/**
 * One random file after the other on the test machine and on a simulated one: planned alike, applied, and then there is nothing left to
 * do. Each finds what the one before left behind.
 */
@Tag("vm")
@AddLifecycleHook(RandomFilesOnRealHostTest.OnTheMachine.class)
class RandomFilesOnRealHostTest {

    /** jqwik takes an assumption that fails before its properties for an error. */
    static final class OnTheMachine implements SkipExecutionHook {

        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return TestMachine.isThere() ? SkipResult.doNotSkip() : SkipResult.skip(TestMachine.ABSENT);
        }
    }

    private static final int FILES = 30;

    /** An idle machine does them all in that time; a busy one is not waited for, but has tried some. */
    private static final Duration BUDGET = Duration.ofMinutes(3);

    private static final int LEAST = 2;
    private static final Pattern MUCH_LEAVES = Pattern.compile("--yes-remove (\\d+)");

    private static @Nullable TestMachine machine;
    private static @Nullable PlainDebian both;
    private static int applied;
    private static long began;

    @BeforeContainer
    static void reach() throws Exception {
        machine = TestMachine.fresh();
        both = new PlainDebian(machine, Files.createTempDirectory("tengil-random"));
        both.begin("{}");
        began = System.nanoTime();
    }

    @AfterContainer
    static void giveBack() throws Exception {
        if (machine != null) {
            System.out.println("random files on the test machine: " + applied + " of " + FILES + " applied in "
                    + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
            if (both != null) {
                both.close();
            }
            machine.giveBack();
            assertThat(applied).isGreaterThanOrEqualTo(LEAST);
        }
    }

    @Property(tries = FILES, seed = "42", shrinking = ShrinkingMode.OFF)
    void an_applied_file_is_planned_empty(@ForAll("files") String file) throws IOException {
        PlainDebian hosts = java.util.Objects.requireNonNull(both);
        if (System.nanoTime() - began > BUDGET.toNanos()) {
            return;
        }
        hosts.file(file);
        Tg.Ran real = apply(hosts.real());
        Tg.Ran simulated = apply(hosts.simulated());
        assertThat(real.exit() + "\n" + PlainDebian.plan(real))
                .as(file + real.out() + real.err())
                .isEqualTo(simulated.exit() + "\n" + PlainDebian.plan(simulated));
        if (real.exit() != 0) {
            assertThat(real.err()).contains("error[");
            return;
        }
        if (!real.out().contains("blocked")) {
            assertThat(hosts.real().say("plan").out())
                    .as(file + real.out())
                    .isEqualTo("No changes. The host matches tengil.yml.\n");
        }
        applied++;
    }

    private static Tg.Ran apply(Tg tg) {
        Tg.Ran ran = tg.say("apply --yes");
        Matcher much = MUCH_LEAVES.matcher(ran.err());
        return much.find() ? tg.say("apply --yes --yes-remove " + much.group(1)) : ran;
    }

    @Provide
    Arbitrary<String> files() {
        return RandomHomelab.nas();
    }
}
