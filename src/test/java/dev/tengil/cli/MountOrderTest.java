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
}
