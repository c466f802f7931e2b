package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: help, wrong arguments, JSON, eighty columns, no trace. */
class CommandsTest {

    @TempDir
    Path folder;

    static Stream<String> names() {
        return new CommandTable().names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_command_has_help_that_fits_eighty_columns(String name) {
        Tg.Ran ran = new Tg(folder).run(name, "--help");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("Usage").contains("tg " + name);
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80, "fits 80 columns");
    }

    @ParameterizedTest
    @MethodSource("names")
    void an_unknown_option_is_refused_with_a_way_to_the_help(String name) {
        Tg.Ran ran = new Tg(folder).run(name, "--nonsense");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("error[cli.usage]").contains("tg " + name + " --help");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "apply",
                "verify --host sim:w",
                "status",
                "doctor",
                "explain x",
                "state show",
                "state rebuild",
                "adopt web",
                "start web",
                "stop web",
                "restart web",
                "exec web -- true",
                "shell web",
                "logs web"
            })
    void a_missing_file_is_said_in_words(String line) {
        Tg.Ran ran = new Tg(folder).say(line + " -c nowhere.yml");
        if (line.equals("doctor")) {
            assertThat(ran.exit()).isZero();
        } else if (!line.startsWith("exec")) {
            assertThat(ran.exit()).isEqualTo(3);
            assertThat(ran.err()).contains("error[config.none]").contains("nowhere.yml");
        }
        assertThat(ran.err()).doesNotContain("\tat ").doesNotContain("tengil.defect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "apply", "status", "doctor", "state show", "start web"})
    void without_a_host_both_ways_out_are_named(String line) throws IOException {
        Tg.Ran ran = new Tg(folder).without("TENGIL_HOST").file(Tg.SMALL).say(line);
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .contains("error[cli.no-host]")
                .contains("--host ssh://")
                .contains("--host sim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan --json",
                "apply --yes --json",
                "verify --json",
                "verify --host sim:w --json",
                "status --json",
                "doctor --json",
                "explain tank/media.zfs.recordsize --json",
                "explain profiles --json",
                "schema",
                "state show --json",
                "state rebuild --yes --json",
                "start web --json",
                "stop web --json",
                "restart web --json",
                "version --json",
                "plan --refresh-only --json",
                "adopt web --json"
            })
    void json_is_one_document_on_standard_output(String line) throws IOException {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        assertThat(tg.say("apply --yes").exit()).isZero();
        Tg.Ran ran = tg.say(line);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(JsonParser.parseString(ran.out()).isJsonObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "apply --yes", "status", "doctor", "verify", "state show", "explain profiles"})
    void output_fits_eighty_columns_and_has_no_colours_when_piped(String line) throws IOException {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        assertThat(tg.say("apply --yes -q").exit()).isZero();
        Tg.Ran ran = tg.say(line);
        assertThat(ran.out()).doesNotContain("\033");
        assertThat(ran.out().lines()).allMatch(text -> text.length() <= 80, "fits 80 columns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state",
                "state bogus",
                "state forget",
                "state forget nonsense",
                "adopt",
                "adopt dataset:tank/x",
                "start",
                "exec web",
                "exec -- true",
                "shell",
                "logs",
                "logs web -n 0",
                "explain",
                "apply --parallel 0",
                "apply --parallel x",
                "apply --lock-timeout soon",
                "plan --target nonsense",
                "sim",
                "sim new",
                "verify x"
            })
    void wrong_arguments_end_with_3_and_help(String line) throws IOException {
        Tg.Ran ran = new Tg(folder).file(Tg.SMALL).say(line);
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("error[cli.usage]");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @Test
    void an_unknown_command_suggests_the_nearest() {
        Tg.Ran ran = new Tg(folder).run("aply");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("did you mean \"tg apply\"?");
    }
}
