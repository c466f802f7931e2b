package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories below datasets are made where they are missing, and what is there is never touched. */
class DirectoriesTest {

    private static final String DATASET = "pools: {tank: {datasets: {media: {owner: '1000:1000'}}}}\n";
    private static final String FILE =
            DATASET + "containers: {a: {template: debian-13-standard, volumes: ['/tank/media/films/new:/films']}}\n";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void dataset() throws IOException {
        tg = new Tg(folder);
        Files.writeString(tg.path("world.yml"), "");
        assertThat(tg.say("sim new w --world " + tg.path("world.yml")).exit()).isZero();
        applied(DATASET);
    }

    private void applied(String file) throws IOException {
        Tg.Ran ran = tg.file(file).say("apply --yes");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    private void typed(String line) {
        Tg.Ran ran = tg.onHost(line);
        assertThat(ran.exit()).as(line + ": " + ran.err()).isZero();
    }

    private String owner(String path) {
        return tg.onHost("stat -c %u:%g:%a " + path).out();
    }

    @Test
    void a_directory_is_made_with_those_above_it_and_belongs_to_who_owns_the_dataset() throws IOException {
        applied(FILE);
        assertThat(owner("/tank/media/films/new")).startsWith("1000:1000:");
        assertThat(owner("/tank/media/films")).startsWith("1000:1000:");
    }

    @Test
    void one_that_is_there_keeps_owner_mode_and_content() throws IOException {
        typed("mkdir -p -- /tank/media/films/new/deep");
        typed("chown -h 7:8 -- /tank/media/films/new");
        typed("chmod 0700 -- /tank/media/films/new");
        tg.file(FILE);
        assertThat(tg.say("plan").out()).doesNotContain("directory:/tank/media/films");
        applied(FILE);
        assertThat(owner("/tank/media/films/new")).isEqualTo("7:8:700\n");
        assertThat(tg.onHost("ls /tank/media/films/new").out()).isEqualTo("deep\n");
    }

    @Test
    void one_that_leaves_the_file_stays_on_the_host() throws IOException {
        applied(FILE);
        typed("touch /tank/media/films/new/one");
        Tg.Ran ran = tg.file(DATASET).say("apply --yes --destroy container:a");
        assertThat(tg.onHost("ls /tank/media/films/new").out())
                .as(ran.out() + ran.err())
                .isEqualTo("one\n");
    }

    @Test
    void one_that_vanished_is_made_again() throws IOException {
        applied(FILE);
        typed("rmdir /tank/media/films/new");
        assertThat(tg.say("plan").out()).contains("+ directory:/tank/media/films/new");
        applied(FILE);
        assertThat(owner("/tank/media/films/new")).startsWith("1000:1000:");
    }

    @Test
    void a_file_in_its_place_is_refused() throws IOException {
        typed("touch /tank/media/films");
        Tg.Ran ran = tg.file(FILE).say("plan");
        assertThat(ran.err()).contains("/tank/media/films exists and is not a directory");
        assertThat(ran.exit()).isNotZero();
    }

    @Test
    void a_link_that_somebody_planted_on_the_way_is_not_followed() throws IOException {
        Files.writeString(
                tg.path("world.yml"), "files: {/tank/media/films: {link: /etc}, /etc/new/kept: {content: x}}\n");
        assertThat(tg.say("sim new linked --world " + tg.path("world.yml")).exit())
                .isZero();
        Tg.Ran ran = tg.file(FILE.replace("films/new", "films/fresh")).say("apply --yes --host sim:linked");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isNotZero();
        assertThat(ran.err()).contains("/tank/media/films exists and is not a directory");
        assertThat(tg.say("sim linked -- ls /etc").out()).doesNotContain("fresh");
    }
}
