package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes that an image declares and the file does not mount. */
class AutoVolumesTest {

    private static final String WORLD = """
            images:
              demo/app:1: {config: {Cmd: [/app], Volumes: {/config: {}, /var/lib/config: {}, /tmp: {}}}}
              demo/app:2: {config: {Cmd: [/app], Volumes: {/config: {}, /cache: {}}}}
            """;

    private static final String FILE = """
            version: 3
            pools:
              tank:
                datasets:
                  apps:
                    containers:
                      - name: app
                        image: demo/app:1
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void an_image_with_volumes() throws IOException {
        tg = new Tg(folder).file(FILE);
        Files.writeString(folder.resolve("world.yml"), WORLD);
        assertThat(tg.say("sim new w --world world.yml").exit()).isZero();
    }

    private void applied(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "apply";
        all[1] = "--yes";
        System.arraycopy(words, 0, all, 2, words.length);
        Tg.Ran ran = tg.run(all);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).contains("No changes");
    }

    @Test
    void they_are_told_with_the_line_to_add() {
        Tg.Ran plan = tg.say("plan");
        assertThat(plan.err())
                .contains("warning[container.volume-unmounted]")
                .contains("volumes: [\"config:/config\"]")
                .contains("--auto-volumes")
                .doesNotContain("/tmp");
        assertThat(plan.out()).doesNotContain("mount./config");
    }

    @Test
    void with_the_option_they_become_datasets_and_stay_without_it() {
        applied("--auto-volumes");
        String config = tg.onHost("pct config 100").out();
        assertThat(config).contains("/tank/apps/app/config,mp=/config").contains("/tank/apps/app/var-lib-config");
        Tg.Ran later = tg.say("plan");
        assertThat(later.err()).doesNotContain("volume-unmounted");
        assertThat(tg.say("plan --auto-volumes").err()).contains("note[container.auto-volumes]");
    }

    @Test
    void a_saved_plan_keeps_the_option() {
        tg.say("plan --auto-volumes --out p.json");
        Tg.Ran ran = tg.say("apply p.json");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.onHost("pct config 100").out()).contains("mp=/config");
        assertThat(tg.say("plan").out()).contains("No changes");
    }

    @Test
    void written_into_the_file_afterwards_they_are_the_same() throws IOException {
        applied("--auto-volumes");
        tg.file(FILE + "            volumes: [config:/config, var-lib-config:/var/lib/config]\n");
        assertThat(tg.say("plan").out()).contains("No changes");
        applied();
        tg.file(FILE);
        assertThat(tg.say("plan").out()).contains("mount./config");
    }

    @Test
    void another_place_in_the_file_wins_and_what_was_made_stays() throws IOException {
        applied("--auto-volumes");
        tg.file(FILE + "            volumes: [other:/config]\n");
        applied();
        assertThat(tg.onHost("pct config 100").out()).contains("/tank/apps/app/other,mp=/config");
        assertThat(tg.onHost("zfs list -H -o name tank/apps/app/config").out()).contains("config");
    }

    @Test
    void an_update_brings_them_for_what_is_new_and_keeps_the_others() throws IOException {
        applied("--auto-volumes");
        tg.file(FILE.replace("app:1", "app:2"));
        applied("--auto-volumes");
        assertThat(tg.onHost("pct config 100").out())
                .contains("/tank/apps/app/cache,mp=/cache")
                .contains("/tank/apps/app/config,mp=/config")
                .contains("mp=/var/lib/config");
    }

    @Test
    void a_container_without_a_dataset_has_no_place_for_them() throws IOException {
        tg.file("version: 3\ncontainers:\n  app: {image: demo/app:1}\n");
        assertThat(tg.say("plan").err()).contains("in: POOL/DATASET");
        assertThat(tg.say("plan --auto-volumes").err()).contains("error[container.volume-needs-dataset]");
    }
}
