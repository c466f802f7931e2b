package dev.tengil.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.cli.Tg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A simulated host as its description says, and what the real program says of a file for it. */
final class OddHost {

    private final Tg tg;

    OddHost(Path folder, String world) throws IOException {
        tg = new Tg(folder);
        Path description = folder.resolve("world.yml");
        Files.writeString(description, world);
        Tg.Ran made = tg.run("sim", "new", "w", "--world", description.toString());
        assertThat(made.exit()).as(made.err()).isZero();
    }

    /** What a plan says. */
    Tg.Ran plan(String file) throws IOException {
        return tg.file(file).say("plan");
    }

    /** Carries a file out, which must work. */
    OddHost applied(String file) throws IOException {
        Tg.Ran ran = tg.file(file).say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return this;
    }

    /** Somebody types a command on the host. */
    OddHost typed(String line) {
        said(line);
        return this;
    }

    /** What a command on the host prints. */
    String said(String line) {
        Tg.Ran ran = tg.onHost(line);
        assertThat(ran.exit()).as(line + ": " + ran.err()).isZero();
        return ran.out();
    }

    /** What the description said of a pool has changed since. */
    OddHost becomes(String fact, String before, String after) throws IOException {
        Path state = tg.path("w/state.json");
        String text = Files.readString(state);
        String found = "\"" + fact + "\":\"" + before + "\"";
        assertThat(text).containsOnlyOnce(found);
        Files.writeString(state, text.replace(found, "\"" + fact + "\":\"" + after + "\""));
        return this;
    }

    /** Nothing is said, and nothing stands in the way. */
    static void assertSilent(Tg.Ran ran) {
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    /** The plan is refused, for this one reason. */
    static void assertRefused(Tg.Ran ran, String code, String sentence) {
        assertThat(ran.err()).contains("error[" + code + "]: " + sentence).containsOnlyOnce("error[");
        assertThat(ran.exit()).isEqualTo(6);
    }

    /** Only this is said, and the plan goes on. */
    static void assertWarned(Tg.Ran ran, String code, String sentence) {
        assertThat(ran.err())
                .contains("warning[" + code + "]: " + sentence)
                .containsOnlyOnce("warning[")
                .doesNotContain("error[");
        assertThat(ran.exit()).isZero();
    }
}
