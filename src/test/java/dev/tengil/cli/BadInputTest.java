package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sheet under {@code bad-input} begins with a file and the place in it where something is to be written. Behind the rule stand,
 * in turn, what is written there, and what is said about it: place, code, and a piece of the sentence.
 */
class BadInputTest {

    private static final Path SHEETS = Path.of("src/test/resources/bad-input");
    private static final String HERE = "‹here›";
    private static final Pattern ERROR =
            Pattern.compile("error\\[(\\S+)]: (.*)\n  tengil\\.yml:(\\d+:\\d+)\n +\\d+ │ .*\n +│ +\\^+.*\n");

    /** Of these only a host knows whether they are wrong. */
    private static final Set<String> HOST_ALONE = Set.of(
            "container.no-bridge",
            "container.no-device",
            "container.not-found",
            "container.other-node",
            "container.pool-unknown",
            "container.source",
            "dataset.no-pool",
            "dataset.owner",
            "image.unknown",
            "smb.unknown-group",
            "smb.unknown-user",
            "template.unknown",
            "user.unknown-group");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> what_is_wrong_is_said_once_at_its_place_and_reaches_no_command() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> sheets = Files.list(SHEETS)) {
            for (Path sheet : sheets.sorted().toList()) {
                String text = Files.readString(sheet);
                String around = text.substring(0, text.indexOf("\n---\n") + 1);
                List<String> rows = text.substring(around.length() + 4).lines().toList();
                for (int i = 0; i + 1 < rows.size(); i += 2) {
                    String written = rows.get(i);
                    String expected = rows.get(i + 1);
                    tests.add(DynamicTest.dynamicTest(
                            sheet.getFileName() + ": " + written,
                            () -> refused(around.replace(HERE, written), expected.strip())));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(350);
        return tests.stream();
    }

    private void refused(String text, String expected) throws IOException {
        Tg.Ran ran = new Tg(folder).file(text).say("plan --commands");
        assertThat(ran.exit()).as(ran.err() + ran.out()).isIn(Exit.INVALID.code(), Exit.REFUSED.code());
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).doesNotContain("tengil.defect", "\tat ");
        List<MatchResult> errors = ERROR.matcher(ran.err()).results().toList();
        assertThat(errors).as(ran.err()).hasSize(1);
        MatchResult error = errors.getFirst();
        assertThat(error.group(3) + " " + error.group(1))
                .isEqualTo(String.join(" ", expected.split(" ", 3)[0], expected.split(" ", 3)[1]));
        assertThat(error.group(2)).contains(expected.split(" ", 3)[2]);
        offline(ran, error.group(1));
    }

    /** Without a host the same is said, or nothing where only a host can tell. */
    private void offline(Tg.Ran plan, String code) {
        Tg.Ran verify = new Tg(folder).say("verify");
        if (verify.exit() == 0 && HOST_ALONE.contains(code)) {
            return;
        }
        assertThat(verify.exit()).as(plan.err() + verify).isEqualTo(Exit.INVALID.code());
        assertThat(ERROR.matcher(verify.err()).results().map(MatchResult::group))
                .containsExactlyElementsOf(ERROR.matcher(plan.err())
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }
}
