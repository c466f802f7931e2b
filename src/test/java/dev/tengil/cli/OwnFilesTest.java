package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tengil leaves on either machine is its owner's alone, and links planted there lead nowhere. */
class OwnFilesTest {

    private static final String FILE = "pools: {tank: {datasets: {media: {profile: media, containers: "
            + "[{name: web, image: 'redis:7', volumes: ['data:/data']}]}}}}\n";

    @TempDir
    Path folder;

    private Tg tg;

    @BeforeEach
    void file() throws IOException {
        tg = new Tg(folder).file(FILE);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void plans_and_simulated_hosts_are_private() throws IOException {
        assertThat(tg.say("plan --out saved").exit()).isZero();
        Tg.Ran ran = tg.say("apply --yes saved");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(mode(tg.path("saved"))).isEqualTo("rw-------");
        assertThat(mode(tg.path("w"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(tg.path("w"))) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(each -> assertThat(mode(each)).isEqualTo("rw-------"));
        }
    }

    @Test
    void the_state_on_the_host_is_private() throws IOException {
        String secret = "secrets: {s: {generate: 16}}\nusers: {anna: {uid: 2001, smb_password: !secret s}}\n";
        String share = FILE.replace("profile: media", "profile: media, shares: {smb: {name: M, users: [anna]}}");
        Tg.Ran ran = tg.file(secret + share).say("apply --yes");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(tg.onHost("stat -c %a:%u /var/lib/tengil/main").out()).isEqualTo("700:0\n");
        List<String> names = tg.onHost("ls /var/lib/tengil/main").out().lines().toList();
        assertThat(names)
                .contains("state.json", "secrets.json")
                .allSatisfy(name -> assertThat(tg.onHost("stat -c %a:%u /var/lib/tengil/main/" + name)
                                .out())
                        .isEqualTo(name.equals("console") ? "700:0\n" : "600:0\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chown 1000:1000", "chmod 0770", "chmod 0702"})
    void a_state_folder_that_others_could_change_is_refused(String how) {
        assertThat(tg.say("apply --yes").exit()).isZero();
        assertThat(tg.onHost(how + " /var/lib/tengil/main").exit()).isZero();
        Tg.Ran ran = tg.run("apply", "--yes", "--replace", "container:web");
        assertThat(ran.exit()).isEqualTo(Exit.ERROR.code());
        assertThat(ran.err())
                .contains("error[host.unsafe-folder]: /var/lib/tengil/main ", "chown root:root", "chmod 0700");
    }

    @Test
    void a_link_at_the_name_of_a_plan_is_refused() throws IOException {
        Path precious = Files.writeString(tg.path("precious"), "mine");
        Files.createSymbolicLink(tg.path("saved"), precious);
        Tg.Ran ran = tg.say("plan --out saved");
        assertThat(ran.exit()).isEqualTo(Exit.ERROR.code());
        assertThat(ran.err()).contains("error[plan.not-saved]", "it is a symbolic link");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void links_beside_the_file_are_not_written_through() throws IOException {
        Path precious = Files.writeString(tg.path("precious"), "");
        Files.createSymbolicLink(tg.path("tengil.lock"), precious);
        Files.createSymbolicLink(tg.path("tengil.lock.new"), precious);
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out() + ran.err()).contains("tengil.lock could not be written", "it is a symbolic link");
        assertThat(precious).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", "journal.jsonl", "state.json", "state.json.new", "world.yml"})
    void links_in_the_folder_of_a_simulated_host_are_not_written_through(String name) throws IOException {
        Files.createDirectories(tg.path("w"));
        Path precious = tg.path("precious");
        Files.createSymbolicLink(tg.path("w").resolve(name), precious);
        Tg.Ran ran = tg.say("apply --yes");
        assertThat(ran.err()).doesNotContain("tengil.defect", "\tat ");
        if (ran.exit() != 0) {
            assertThat(ran.err()).contains("it is a symbolic link");
        }
        assertThat(precious).doesNotExist();
    }
}
