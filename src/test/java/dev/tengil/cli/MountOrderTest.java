package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset mounted over another hides it. */
class MountOrderTest {

    @TempDir
    Path folder;

    @Test
    void what_is_mounted_below_another_is_made_after_it() throws IOException {
        Tg tg = new Tg(folder).file("""
                pools:
                  tank:
                    datasets:
                      archive: {mountpoint: /srv/media/archive}
                      media: {mountpoint: /srv/media}
                """);
        assertThat(tg.say("plan --script").out()).containsSubsequence("sa tank/media\n", "sa tank/archive\n");
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    private static final String CARRIES = """
            pools: {tank: {datasets: {media/films: {}, media/music: {}}}}
            """;
    private static final String HOLDS = """
            pools: {tank: {datasets: {media: {}, media/films: {}, media/music: {}}}}
            """;

    @Test
    void what_is_below_a_dataset_is_still_seen_when_that_is_mounted_later() throws IOException {
        Tg tg = new Tg(folder).file(CARRIES);
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.onHost("touch /tank/media/films/a-film");
        assertThat(tg.file(HOLDS).say("apply --yes").exit()).isZero();
        assertThat(tg.onHost("ls -A /tank/media/films").out()).isEqualTo("a-film\n");
        assertThat(tg.onHost("zfs get -Hp -r -o name,value mounted tank/media").out())
                .isEqualTo("tank/media\tyes\ntank/media/films\tyes\ntank/media/music\tyes\n");
        assertThat(tg.say("plan").out()).startsWith("No changes.");
    }

    @Test
    void a_file_that_would_be_hidden_by_that_stops_it_before_anything_is_unmounted() throws IOException {
        Tg tg = new Tg(folder).file(CARRIES);
        assertThat(tg.say("apply --yes").exit()).isZero();
        tg.onHost("touch /tank/media/forgotten");
        Tg.Ran refused = tg.file(HOLDS).say("apply --yes");
        assertThat(refused.exit()).isEqualTo(Exit.PARTIAL.code());
        assertThat(refused.out() + refused.err()).contains("/tank/media/forgotten lies in no dataset of its own");
        assertThat(tg.onHost("zfs get -Hp -r -o name,value mounted tank/media").out())
                .isEqualTo("tank/media\tno\ntank/media/films\tyes\ntank/media/music\tyes\n");
    }

    @Test
    void an_apply_that_is_cut_off_in_between_is_finished_by_the_next() throws IOException {
        for (int nth = 1; nth <= 8; nth++) {
            Tg tg = new Tg(java.nio.file.Files.createDirectory(folder.resolve("cut" + nth))).file(CARRIES);
            assertThat(tg.say("apply --yes").exit()).isZero();
            tg.file(HOLDS).faults("- {match: \"zfs \", nth: " + nth + ", do: fail}\n");
            tg.say("apply --yes");
            tg.faults("[]\n");
            Tg.Ran again = tg.say("apply --yes");
            assertThat(again.exit()).as(again.out() + again.err()).isZero();
            assertThat(tg.onHost("zfs get -Hp -r -o name,value mounted tank/media")
                            .out())
                    .as("broken at %d", nth)
                    .isEqualTo("tank/media\tyes\ntank/media/films\tyes\ntank/media/music\tyes\n");
            assertThat(tg.say("plan").out()).startsWith("No changes.");
        }
    }
}
