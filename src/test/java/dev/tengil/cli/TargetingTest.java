package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a file: {@code --target} and {@code --exclude}. */
class TargetingTest {

    private static final String FILE = """
            version: 3
            pools:
              tank:
                datasets:
                  a:
                    containers: [{name: one, template: debian-13-standard, mount: /a}]
                  b:
                    containers: [{name: two, template: debian-13-standard, mount: /b, depends_on: [one]}]
                  c: {}
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void file() throws IOException {
        tg = new Tg(folder).file(FILE);
    }

    @Test
    void a_target_comes_with_what_it_needs_and_with_nothing_else() {
        Tg.Ran plan = tg.say("plan --target container:one");
        assertThat(plan.out())
                .contains("+ container:one", "+ dataset:tank/a", "+ template:debian-13-standard")
                .doesNotContain("container:two", "tank/b", "tank/c")
                .endsWith("3 changes are left out, as you asked.\n");
        assertThat(tg.say("apply --yes --target container:one").exit()).isZero();
        assertThat(tg.onHost("pct list").out()).contains("one").doesNotContain("two");
        assertThat(tg.say("plan").out()).doesNotContain("container:one").contains("+ container:two");
    }

    @Test
    void what_is_excluded_takes_along_what_could_not_be_made_without_it() {
        Tg.Ran plan = tg.say("plan --exclude container:one");
        assertThat(plan.out())
                .contains("+ dataset:tank/c", "+ dataset:tank/b")
                .doesNotContain("+ container:one", "+ container:two")
                .endsWith("2 changes are left out, as you asked.\n");
        assertThat(tg.say("plan --exclude dataset:tank/a").out()).doesNotContain("container:one", "container:two");
    }

    @Test
    void what_needs_something_that_is_there_already_is_not_left_out_with_it() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.file(FILE.replace("{name: one,", "{name: one, memory: 1G,")
                .replace("{name: two,", "{name: two, memory: 1G,"));
        assertThat(tg.say("plan --exclude container:one").out())
                .contains("~ container:two")
                .doesNotContain("container:one");
    }

    @Test
    void what_an_apply_was_cut_off_in_is_remembered_by_those_of_other_parts() throws IOException {
        tg.file("pools: {tank: {datasets: {a: {owner: '1000:1000', mode: 2770}, b: {}, c: {}}}}\n");
        tg.faults("- {match: chown, do: cut}\n");
        assertThat(tg.say("apply --yes --parallel 1").exit()).isEqualTo(Exit.PARTIAL.code());
        tg.faults("[]\n");
        assertThat(tg.say("apply --yes --target dataset:tank/b").exit()).isZero();
        tg.faults("- {match: zfs create tank/c, do: cut}\n");
        tg.say("apply --yes --target dataset:tank/c");
        tg.faults("[]\n");
        assertThat(tg.say("plan --target dataset:tank/a").out()).contains("~ dataset:tank/a", "mode 0755 → 2770");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.onHost("stat -c %u:%g:%a /tank/a").out()).isEqualTo("1000:1000:2770\n");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void a_plan_that_has_changes_elsewhere_does_not_say_that_the_host_matches() throws IOException {
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.file(FILE.replace("{name: one,", "{name: one, memory: 1G,"));
        Tg.Ran plan = tg.say("plan --target container:two");
        assertThat(plan.out()).isEqualTo("Nothing to do here. 1 change is left out, as you asked.\n");
        assertThat(tg.say("apply --yes --target container:two").out()).startsWith(plan.out());
        assertThat(tg.say("plan").out()).contains("~ container:one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--target", "--exclude", "--replace", "--recreate", "--allow-destroy"})
    void an_address_that_nobody_knows_is_refused(String option) {
        Tg.Ran plan = tg.say("apply --yes " + option + " container:oen");
        assertThat(plan.exit()).isEqualTo(Exit.INVALID.code());
        assertThat(plan.err()).contains("error[cli.unknown-address]", "did you mean \"container:one\"?");
        assertThat(tg.say("plan").out()).contains("+ container:one");
    }

    @Test
    void a_saved_plan_of_a_part_stays_that_part() {
        assertThat(tg.say("plan --target dataset:tank/c --out part.plan").exit())
                .isZero();
        assertThat(tg.say("apply part.plan").exit()).isZero();
        assertThat(tg.say("plan").out()).contains("+ container:one").doesNotContain("tank/c");
    }
}
