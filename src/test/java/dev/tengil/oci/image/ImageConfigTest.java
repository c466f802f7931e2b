package dev.tengil.oci.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Parsed;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConfigTest {
    private static final ImageReference IMAGE =
            ImageReference.parse("ghcr.io/team/app:1").orThrow();

    private static ImageConfig read(String run) {
        return ImageConfigReader.read("{\"os\": \"linux\", \"architecture\": \"amd64\", \"config\": " + run + "}")
                .orThrow();
    }

    private static String reason(String config) {
        return ImageConfigReader.read(config) instanceof Parsed.Bad<ImageConfig>(String reason) ? reason : "read";
    }

    private static List<String> problems(String run) {
        return ImageConfigRules.problems(IMAGE, read(run)).stream()
                .map(Diagnostic::message)
                .toList();
    }

    @Test
    void what_is_absent_or_null_is_empty() {
        for (String run : List.of(
                "{}",
                "null",
                "{\"Env\": null, \"Cmd\": null, \"User\": null, \"Volumes\": null, \"Labels\": null,"
                        + " \"Healthcheck\": null, \"WorkingDir\": \"\", \"StopSignal\": null}")) {
            ImageConfig config = read(run);
            assertThat(config.env()).isEmpty();
            assertThat(config.user()).isEmpty();
            assertThat(config.workdir()).isNull();
            assertThat(config.volumes()).isEmpty();
            assertThat(config.healthcheck()).isNull();
            assertThat(config.stopSignal()).isNull();
        }
        assertThat(ImageConfigReader.read("{}").orThrow().platform()).isNull();
    }

    @Test
    void the_healthcheck_is_read_in_nanoseconds() {
        assertThat(read("{\"Healthcheck\": {\"Test\": [\"CMD-SHELL\", \"true\"], \"Interval\": 30000000000,"
                                + " \"Retries\": 3}}")
                        .healthcheck())
                .isEqualTo(new Healthcheck(List.of("CMD-SHELL", "true"), Duration.ofSeconds(30), null, null, 3));
    }

    @Test
    void labels_may_hold_line_breaks_and_a_bad_date_is_none() {
        ImageConfig config = ImageConfigReader.read(
                        "{\"created\": \"yesterday\", \"config\": {\"Labels\": {\"a\": \"one\\ntwo\"}}}")
                .orThrow();
        assertThat(config.created()).isNull();
        assertThat(config.labels()).containsEntry("a", "one\ntwo");
        assertThat(ImageConfigRules.problems(IMAGE, config)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Env          | {\"Env\": [\"A=b\\nlxc.hook.start=/x\"]}",
                "Env          | {\"Env\": [\"A=\\u0000\"]}",
                "Env          | {\"Env\": [\"A=\\t\"]}",
                "Entrypoint   | {\"Entrypoint\": [\"/x\", \"a\\rb\"]}",
                "Cmd          | {\"Cmd\": [\"\\u007f\"]}",
                "User         | {\"User\": \"1\\n\"}",
                "WorkingDir   | {\"WorkingDir\": \"/a\\u0085\"}",
                "StopSignal   | {\"StopSignal\": \"TERM\\n\"}",
                "Volumes      | {\"Volumes\": {\"/a\\n\": {}}}",
                "ExposedPorts | {\"ExposedPorts\": {\"80\\u001b[2J\": {}}}",
            })
    void control_characters_are_refused_in_every_field_that_reaches_proxmox(String field, String run) {
        assertThat(problems(run))
                .containsExactly("the image ghcr.io/team/app:1 has control characters in its " + field.strip());
    }

    @Test
    void more_than_anybody_needs_is_refused() {
        String many =
                IntStream.range(0, 10_000).mapToObj(i -> "\"V" + i + "=1\"").collect(Collectors.joining(","));
        assertThat(problems("{\"Env\": [" + many + "]}"))
                .containsExactly("the image ghcr.io/team/app:1 has 10000 entries in its Env, more than 1000");
        assertThat(problems("{\"Cmd\": [\"" + "x".repeat(300 * 1024) + "\"]}"))
                .containsExactly("the image ghcr.io/team/app:1 has a config of 300 KiB, more than 256");
    }

    @Test
    void volumes_that_climb_out_are_refused_and_odd_ones_are_not() {
        assertThat(problems("{\"Volumes\": {\"../../etc\": {}}}"))
                .containsExactly("the image ghcr.io/team/app:1 has a path with \"..\" in its Volumes");
        assertThat(problems("{\"Volumes\": {\"/data/\": {}, \"[/config,\": {}, \"/a..b\": {}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "ENV",
                "entrypoint",
                "cmd",
                "user",
                "workingdir",
                "volumes",
                "healthchecK",
                "\u017ftopSignal"
            })
    void a_key_in_other_letters_is_refused_since_go_would_find_it(String key) {
        assertThat(reason("{\"config\": {\"" + key + "\": null}}"))
                .startsWith("it writes ")
                .endsWith(" in other letters");
        assertThat(reason("{\"Config\": {}}")).isEqualTo("it writes config in other letters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"config\": {\"Env\": [], \"Env\": []}} | a key stands in it twice",
                "{\"config\": {\"Env\": \"A=b\"}}         | its Env is no list",
                "{\"config\": {\"Env\": [1]}}             | its Env holds something that is no text",
                "{\"config\": {\"User\": 5}}              | its User is no text",
                "{\"config\": []}                         | its config is no object",
                "{\"config\": {\"User\": \"\\ud800\"}}    | it is no JSON",
                "{\"os\": \"li nux\"}                     | its os and architecture are no platform",
                "{\"config\": {\"Healthcheck\": {\"Test\": [\"NONE\"], \"Interval\": 1e99}}} | its Interval is no number",
                "{} {}                                    | it is no JSON",
                "{'a': 1}                                 | it is no JSON",
                "{a: 1}                                   | it is no JSON",
                "[]                                       | it is no JSON object",
                "nonsense                                 | it is no JSON",
            })
    void what_can_be_read_in_two_ways_or_none_is_refused(String config, String reason) {
        assertThat(reason(config)).isEqualTo(reason);
    }

    @Test
    void depth_and_encoding_are_bounded() {
        assertThat(reason("{\"a\":" + "[".repeat(100_000))).isIn("it is nested too deep", "it is no JSON");
        assertThat(ImageConfigReader.read(new byte[] {'{', '"', (byte) 0xc0, '"', '}'}))
                .isEqualTo(Parsed.bad("it is not UTF-8"));
    }
}
