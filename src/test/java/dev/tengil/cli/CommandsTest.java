package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command: help, wrong arguments, JSON, eighty columns, no trace. */
class CommandsTest {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final String OUTPUT = read("docs/json-output.schema.json");

    @TempDir
    Path folder;

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
                "update web",
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
    @CsvSource({
        "plan, plan --json",
        "plan, plan --json --target dataset:tank/media",
        "plan, plan --refresh-only --json",
        "outcome, apply --yes --json",
        "outcome, apply --yes --json -c other.yml",
        "outcome, adopt found --json --yes -c found.yml",
        "problems, adopt web --json",
        "problems, verify --json",
        "problems, verify --host sim:w --json",
        "problems, plan --json -c wrong.yml",
        "problems, apply --yes --json -c wrong.yml",
        "problems, status --json -c wrong.yml",
        "status, status --json",
        "status, status --json -c other.yml",
        "doctor, doctor --json",
        "explanation, explain tank/media.zfs.recordsize --json",
        "profiles, explain profiles --json",
        "state, state show --json",
        "state, state rebuild --yes --json",
        "problems, plan --json -c nowhere.yml",
        "problems, plan --json --nonsense",
        "problems, apply --json -c found.yml",
        "problems, adopt nobody --json",
        "problems, start nobody --json",
        "logs, logs web --json",
        "problems, logs nobody --json",
        "problems, state forget container:nobody --yes --json",
        "problems, sim show nowhere --json",
        "problems, sim new another --json",
        "problems, rollback --json",
        "problems, aply --json",
        "newer, update --check --json",
        "newer, update --check --json -c image.yml",
        "plan, update --all --dry-run --json -c image.yml",
        "locked, update --all --update-lock --json -c image.yml",
        "problems, update nobody --json",
        "problems, update --json",
        "world, sim show w --json",
        "power, start web --json",
        "power, stop web --json",
        "power, restart web --json",
        "ociList, oci list --json",
        "ociStatus, oci status --json",
        "ociLogout, oci logout ghcr.io --json",
        "outcome, oci pull redis:7 --json",
        "problems, oci pull nothing:1 --json",
        "problems, oci remove nothing.tar --yes --json",
        "plan, oci prune --dry-run --json",
        "outcome, oci prune --yes --json",
        "ociCatalog, oci catalog --json",
        "ociInstall, oci install plex --in tank/docs --json",
        "problems, oci install plex --json",
        "problems, oci tags UPPER --json",
        "problems, oci login ghcr.io -u me --json",
        "version, version --json"
    })
    void json_is_one_document_on_standard_output_as_its_schema_says(String shape, String line) throws IOException {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        Files.writeString(tg.path("other.yml"), Tg.SMALL.replace("profile: media", "profile: photos"));
        Files.writeString(tg.path("wrong.yml"), "version: 3\npool: {}\n");
        Files.writeString(tg.path("image.yml"), "version: 3\ncontainers: {redis: {image: 'redis:7'}}\n");
        Files.writeString(tg.path("found.yml"), "version: 3\ncontainers: {found: {vmid: 105}}\n");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.onHost(
                                "pct create 105 local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst --rootfs local-zfs:8 --hostname found")
                        .exit())
                .isZero();
        String printed = tg.say(line).out();
        assertThat(JsonParser.parseString(printed).isJsonObject()).isTrue();
        String schema = "{\"$ref\": \"#/$defs/" + shape + "\"," + OUTPUT.substring(1);
        assertThat(SCHEMAS.getSchema(schema).validate(printed, InputFormat.JSON))
                .as(printed)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan",
                "apply --yes",
                "status",
                "doctor",
                "verify",
                "state show",
                "explain profiles",
                "oci status",
                "oci catalog",
                "oci prune --dry-run"
            })
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
                "verify x",
                "oci",
                "oci bogus",
                "oci login",
                "oci login nodots -u me --password-stdin",
                "oci login ghcr.io",
                "oci login ghcr.io --password-stdin",
                "oci logout a.lan b.lan",
                "oci tags",
                "oci tags a b",
                "oci tags UPPER",
                "oci info redis --platform amd64",
                "oci search",
                "oci list x",
                "oci install",
                "oci install plex jellyfin",
                "oci pull",
                "oci pull UPPER",
                "oci remove",
                "oci prune x",
                "oci pull redis:7 --dry-run",
                "oci tags redis --in tank/docs",
                "oci status --password-stdin"
            })
    void wrong_arguments_end_with_3_and_help(String line) throws IOException {
        Tg.Ran ran = new Tg(folder).file(Tg.SMALL).say(line);
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("error[cli.usage]");
        assertThat(ran.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan --detailed-exit | tg plan has no option --detailed-exit; did you mean \"--detailed-exitcode\"?",
                "plan extra | tg plan does not know what to do with \"extra\"",
                "plan --host | --host wants DEST",
                "plan --host sim:a --host sim:b | --host is said twice",
                "explain | tg explain wants FIELD",
                "apply --parallel many | --parallel many: that is no whole number",
                "plan --color sometimes | --color sometimes: write auto, always or never",
                "sim w -- | say which program shall run there",
                "oci pul redis | tg oci has no \"pul\"; did you mean \"pull\"?",
                "oci prune x | tg oci prune does not know what to do with \"x\"",
                "oci list --yes | --yes is for tg oci remove and prune",
                "oci tags a -u me | --username is for tg oci login",
                "rollback | tg rollback is not there yet; its name is kept for it"
            })
    void what_is_wrong_with_a_command_line_is_said_in_words_of_its_own(String line, String said) {
        Tg.Ran ran = new Tg(folder).say(line);
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains(": " + said + "\n");
    }

    @Test
    void an_empty_name_of_a_file_is_said_in_words() {
        Tg.Ran ran = new Tg(folder).run("plan", "-c", "");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("error[config.none]: the name of the file is empty");
    }

    @Test
    void quiet_says_only_what_went_wrong() throws IOException {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        assertThat(tg.say("apply -q").out())
                .as("nobody agrees to what he does not see")
                .contains("+ container:web");
        assertThat(tg.say("apply --yes -q")).isEqualTo(new Tg.Ran(0, "", ""));
        assertThat(tg.say("apply --yes -q")).isEqualTo(new Tg.Ran(0, "", ""));
        tg.faults("- {match: zfs create, do: fail, stderr: out of space}\n");
        tg.file(Tg.SMALL.replace("      docs:", "      more: {profile: media}\n      docs:"));
        Tg.Ran failed = tg.say("apply --yes -q");
        assertThat(failed.exit()).isEqualTo(5);
        assertThat(failed.out()).contains("✗ dataset:tank/more").contains("Ended partway: 0 changes made, 1 failed");
    }

    @Test
    void output_that_got_lost_is_no_success_but_a_reader_who_had_enough_is() throws Exception {
        Tg tg = new Tg(folder).file(Tg.SMALL);
        Tg.Ran lost = tg.shell("tg plan > /dev/full");
        assertThat(lost.exit()).isEqualTo(1);
        assertThat(lost.err()).contains("error[cli.output]: standard output could not be written: No space left");
        Tg.Ran refused = tg.shell("tg apply > /dev/full");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("error[apply.not-agreed]");
        assertThat(tg.shell("tg plan | head -1"))
                .isEqualTo(new Tg.Ran(0, "  + template:debian-13-standard_13.1-2_amd64.tar.zst\n", ""));
    }

    @Test
    void looking_at_a_simulated_host_that_is_not_there_makes_none() {
        Tg.Ran ran = new Tg(folder).say("sim show nowhere");
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err()).contains("error[sim.absent]").contains("tg sim new nowhere");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void without_a_home_the_simulated_host_is_in_that_of_the_account_and_never_where_all_may_write() {
        Io io = new Io(System.in, System.out, System.err, java.util.Map.of("HOME", ""), folder, false, false, 80);
        assertThat(SimCommand.folder("", io))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/tengil/sim"));
    }

    @Test
    void help_about_a_command_is_found_in_both_ways() {
        assertThat(new Tg(folder).say("help plan")).isEqualTo(new Tg(folder).say("plan --help"));
    }

    @Test
    void an_unknown_command_suggests_the_nearest() {
        Tg.Ran ran = new Tg(folder).run("aply");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("did you mean \"tg apply\"?");
    }
}
