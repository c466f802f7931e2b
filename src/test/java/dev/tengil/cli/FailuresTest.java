package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every file {@code *.md} under {@code failures} tells of one thing that breaks: what, what tengil prints, with which exit code it ends,
 * and what the next run does. It is replayed on the host of {@code world.yml} with the file {@code tengil.yml}, unless it has blocks of
 * these names itself. See {@link Story} for what it may say.
 *
 * <p>{@code UPDATE_CASES=1} writes what is printed anew; the difference in git is then to be read.
 */
class FailuresTest {

    static final Path FAILURES = Path.of("src/test/resources/failures");

    private static final Pattern LINK = Pattern.compile("\\(\\.\\./src/test/resources/failures/([a-z-]+\\.md)\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(Test|Contract))`");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> a_failure_is_told_survived_and_mended_as_its_story_says() throws IOException {
        return stories().stream()
                .map(at -> DynamicTest.dynamicTest(
                        at.getFileName().toString(),
                        () -> new Story(at, Files.createDirectories(folder.resolve(at.getFileName()))).replay()));
    }

    @Test
    void every_story_stands_in_the_list_of_failures_and_every_test_named_there_exists() throws IOException {
        String list = Files.readString(Path.of("docs/failures.md"));
        Set<String> told = new TreeSet<>();
        Matcher links = LINK.matcher(list);
        while (links.find()) {
            assertThat(told.add(links.group(1))).as(links.group()).isTrue();
        }
        assertThat(told)
                .hasSizeGreaterThan(70)
                .containsExactlyInAnyOrderElementsOf(stories().stream()
                        .map(story -> story.getFileName().toString())
                        .toList());
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Set<String> tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
            Matcher named = TEST.matcher(list);
            while (named.find()) {
                assertThat(tests).contains(named.group(1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zfs destroy -r tank/photos/raw",
                "rm /tank/photos/wedding.jpg",
                "rm /etc/exports",
                "rm /etc/pve/lxc/900.conf",
                "pct set 900 --memory 1024"
            })
    void what_would_be_lost_is_noticed(String loss) throws IOException {
        Tg tg = new Tg(folder);
        String world = FAILURES.resolve("world.yml").toAbsolutePath().toString();
        assertThat(tg.run("sim", "new", "w", "--world", world).exit()).isZero();
        Treasure before = Treasure.of(tg.path("w"));
        before.stillIn(Treasure.of(tg.path("w")));
        assertThat(tg.onHost(loss).exit()).as(loss).isZero();
        Treasure after = Treasure.of(tg.path("w"));
        assertThatThrownBy(() -> before.stillIn(after)).isInstanceOf(AssertionError.class);
    }

    private static List<Path> stories() throws IOException {
        try (Stream<Path> found = Files.list(FAILURES)) {
            return found.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
