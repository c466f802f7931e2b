package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An apply on a real terminal, made by {@code script}, of a size that is chosen. */
class TerminalTest {

    private static final Pattern UP = Pattern.compile("\033\\[(\\d+)A");
    private static final Pattern BLOCK = Pattern.compile("\033\\[\\?7l(.*?)\033\\[\\?7h", Pattern.DOTALL);

    private static final String FILE = """
            pools:
              tank:
                datasets:
                  a: {profile: media}
                  b: {profile: media}
                  c: {profile: media}
                  d: {profile: media}
                  e: {profile: media}
                  f: {profile: media}
                  g: {profile: media}
                  with-a-name-that-is-longer-than-a-narrow-window-is-wide: {profile: media}
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void a_file_with_much_at_once() throws IOException {
        tg = new Tg(folder)
                .file(FILE)
                .with("TENGIL_STDOUT_TTY", "1")
                .with("TERM", "xterm")
                .faults("- {match: zfs create, nth: 3, do: slow, seconds: 1}\n");
    }

    private String onTerminal(int columns, int lines, String line) throws Exception {
        // A function of bash can be handed on, an array only as the words that declare it.
        Tg.Ran ran = tg.shell(
                "unset CI NO_COLOR; export -f tg; export TG_DECLARED=\"$(declare -p TG)\"; SHELL=/bin/bash script -qec '"
                        + "eval \"$TG_DECLARED\"; stty cols " + columns + " rows " + lines
                        + "; export TENGIL_WINDOW=\"" + lines + " " + columns + "\"; " + line + "' /dev/null");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        return ran.out().replace("\r", "");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 6", "50, 5", "20, 4"})
    void rows_of_what_runs_never_fill_the_window_nor_one_of_them_two_lines(int columns, int lines) throws Exception {
        String printed = onTerminal(columns, lines, "tg apply --yes --parallel 8");
        assertThat(UP.matcher(printed).results().map(found -> Integer.valueOf(found.group(1))))
                .isNotEmpty()
                .allMatch(up -> up <= lines - 2);
        assertThat(BLOCK.matcher(printed).results().map(MatchResult::group).flatMap(String::lines))
                .map(row -> row.replaceAll("\033\\[\\?7[lh]", ""))
                .anyMatch(row -> row.contains("…"))
                .allMatch(row -> row.length() <= columns, "fits the window");
        assertThat(printed).contains("Done: 8 changes made.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_window_without_room_gets_no_rows(int lines) throws Exception {
        assertThat(onTerminal(80, lines, "tg apply --yes --parallel 8"))
                .doesNotContainPattern(UP)
                .contains("Done: 8 changes made.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TERM=dumb tg apply --yes", "CI=1 tg apply --yes", "tg apply --yes --json", "tg apply --yes -v"})
    void a_dumb_terminal_ci_json_and_a_wordy_apply_have_plain_lines(String line) throws Exception {
        assertThat(onTerminal(80, 24, line)).doesNotContainPattern(UP).doesNotContain("\033[?7l");
    }

    @Test
    void help_and_errors_do_not_mind_a_tiny_window() throws Exception {
        assertThat(onTerminal(10, 3, "tg plan --help")).contains("Usage: tg plan");
        assertThat(onTerminal(10, 3, "tg plan -c nowhere.yml || true"))
                .contains("error[config.none]")
                .doesNotContain("tengil.defect");
    }

    @Test
    void a_wide_window_is_used() throws Exception {
        String sentence = "word ".repeat(24).strip();
        tg.file("pools: {tank: {datasets: {a: {zfs: {'com.example:note': " + sentence + "}}}}}\n");
        assertThat(onTerminal(160, 24, "tg plan")).contains(sentence);
        assertThat(onTerminal(80, 24, "tg plan")).doesNotContain(sentence);
    }
}
