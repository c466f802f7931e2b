package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tg logs}: what programs of images print, journals, and going on with both. */
class LogsTest {

    private static final String WORLD = """
            images:
              demo/photos:1: {config: {Cmd: [/photos]}, output: "photos 1 starts\\r\\n\\e[32mready\\e[0m\\n"}
              demo/mail:1: {config: {Cmd: [/mail]}, output: mail 1 starts}
            """;

    private static final String FILE = """
            version: 3
            containers:
              photos: {image: demo/photos:1}
              mail: {image: demo/mail:1}
            """;

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void two_apps() throws IOException {
        tg = new Tg(folder).file(FILE);
        Files.writeString(folder.resolve("world.yml"), WORLD);
        Tg.Ran made = tg.say("sim new w --world world.yml");
        assertThat(made.exit()).as(made.err()).isZero();
        Tg.Ran applied = tg.say("apply --yes");
        assertThat(applied.exit()).as(applied.out() + applied.err()).isZero();
    }

    @Test
    void what_the_program_of_an_image_prints_is_kept_and_shown_without_colours() {
        assertThat(tg.say("logs photos").out()).isEqualTo("photos 1 starts\nready\n");
        assertThat(tg.say("logs photos -n 1").out()).isEqualTo("ready\n");
        assertThat(tg.onHost("stat -c %a /var/lib/tengil/main/console").out()).isEqualTo("700\n");
        assertThat(tg.onHost("cat /etc/logrotate.d/tengil").out()).contains("copytruncate");
    }

    @Test
    void it_is_shown_of_a_container_that_has_stopped_too() {
        tg.say("stop photos");
        assertThat(tg.say("logs photos").out()).contains("ready");
    }

    @Test
    void several_have_their_names_before_their_lines() {
        assertThat(tg.say("logs photos mail photos").out())
                .isEqualTo("photos | photos 1 starts\nphotos | ready\nmail   | mail 1 starts\n");
    }

    @Test
    void json_shows_one_and_does_not_follow() {
        assertThat(tg.say("logs photos --json").out())
                .contains("/var/lib/tengil/main/console/")
                .contains("ready");
        assertThat(tg.say("logs photos mail --json").exit()).isEqualTo(3);
        assertThat(tg.say("logs -f photos --json").exit()).isEqualTo(3);
    }

    @Test
    void the_log_goes_with_the_container_and_stays_when_it_gets_another_root_disk() throws IOException {
        tg.say("apply --yes --replace container:photos");
        assertThat(tg.say("logs photos").out()).hasLineCount(4);
        tg.file(FILE.replace("photos:1}", "photos:1, protect: false}")).say("apply --yes");
        String log = tg.say("logs photos --json").out().replaceAll("(?s).*\"source\":\"([^\"]*)\".*", "$1");
        tg.file(FILE.replaceAll("  photos: .*\n", "")).say("apply --yes --allow-destroy container:photos");
        assertThat(tg.onHost("stat -c %s " + log).exit()).isEqualTo(1);
    }

    /** In a process of its own, since Ctrl-C is a signal. */
    @Test
    void following_shows_what_comes_and_ends_by_a_signal_with_nothing_said() throws Exception {
        Tg.Ran ran = tg.shell("""
                set -m
                "${TG[@]}" logs -f -n 0 photos mail > out.txt 2> err.txt &
                sleep 4
                tg restart mail > /dev/null
                sleep 3
                kill -INT $!
                wait $!
                echo "exit $?"
                """);
        assertThat(ran.out()).contains("exit 130");
        assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo("mail   | mail 1 starts\n");
        assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
    }

    @Test
    void following_ends_when_nobody_reads_any_more() throws Exception {
        Tg.Ran ran = tg.shell("""
                { tg logs -f photos; echo ended >&2; } | head -n 1 &
                sleep 4
                tg restart photos > /dev/null
                sleep 3
                tg restart photos > /dev/null
                wait
                """);
        assertThat(ran.out()).isEqualTo("photos 1 starts\n");
        assertThat(ran.err()).contains("ended");
        assertThat(ran.err()).doesNotContain("\tat ");
    }
}
