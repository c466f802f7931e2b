package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only one of us acts: what the lock promises on every host with a real kernel. */
abstract class LockContract {

    @TempDir
    Path dir;

    /** Two ways to the same machine, as two tengils would have. */
    abstract Host first();

    abstract Host second();

    HostPath state() {
        return HostPath.of(dir + "/state dir");
    }

    Host.LockAttempt.Held take(Host host, Duration patience) throws HostException {
        Host.LockAttempt attempt = host.lock(state(), "ann@laptop tg 0.1.0 pid 7", patience);
        assertThat(attempt).isInstanceOf(Host.LockAttempt.Held.class);
        return (Host.LockAttempt.Held) attempt;
    }

    @Test
    void the_second_taker_is_told_who_has_it_and_gets_it_when_it_is_free() throws Exception {
        try (Host.LockAttempt.Held held = take(first(), Duration.ZERO)) {
            assertThat(held.alive()).isTrue();
            assertThat(second().lock(state(), "bob", Duration.ZERO))
                    .isEqualTo(new Host.LockAttempt.Busy("ann@laptop tg 0.1.0 pid 7"));
        }
        take(second(), Duration.ofSeconds(1)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(state().value()))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_patient_taker_waits_for_it() throws Exception {
        Host.LockAttempt.Held held = take(first(), Duration.ZERO);
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(1500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            held.close();
        });
        take(second(), Duration.ofSeconds(20)).close();
    }

    @Test
    void a_killed_holder_frees_it_and_stops_the_one_who_had_it() throws Exception {
        Host.LockAttempt.Held held = take(first(), Duration.ZERO);
        killHolder();
        for (int i = 0; i < 50 && held.alive(); i++) {
            Thread.sleep(100);
        }
        assertThat(held.alive()).isFalse();
        assertThatThrownBy(() -> first().run(Command.changes("touch", dir + "/touched")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.LOCK_LOST));
        assertThat(dir.resolve("touched")).doesNotExist();
        take(second(), Duration.ZERO).close();
        held.close();
    }

    /** The strict form: even a taker that still believes in its lock changes nothing once another apply has begun. */
    @Test
    void a_change_under_a_lock_that_another_has_taken_over_is_refused_on_the_host_itself() throws Exception {
        try (Host.LockAttempt.Held held = take(first(), Duration.ZERO)) {
            Files.writeString(Path.of(state() + "/apply.holder"), "bob\nanother token\n");
            assertThat(held.alive()).isTrue();
            assertThatThrownBy(() -> first().run(Command.changes("touch", dir + "/touched")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.LOCK_LOST));
            assertThatThrownBy(() -> first().write(new FileWrite(HostPath.of(dir + "/touched"), Bytes.EMPTY, 0600)))
                    .isInstanceOf(HostException.class);
            assertThat(first().run(Command.reads("true")).exit()).isZero();
        }
        assertThat(dir.resolve("touched")).doesNotExist();
    }

    @Test
    void an_orphaned_command_delays_the_next_apply_until_it_has_ended() throws Exception {
        Host.LockAttempt.Held held = take(first(), Duration.ZERO);
        Path started = dir.resolve("started");
        Path ended = dir.resolve("ended");
        Thread.startVirtualThread(() -> {
            try {
                first().run(Command.changes("sh", "-c", "touch '" + started + "'; sleep 4; touch '" + ended + "'"));
            } catch (HostException e) {
                // Nobody waits for an orphan.
            }
        });
        while (!Files.exists(started)) {
            Thread.sleep(20);
        }
        killHolder();
        assertThat(ended).doesNotExist();
        take(second(), Duration.ZERO).close();
        assertThat(ended).exists();
        held.close();
    }

    @Test
    void a_daemon_started_by_a_command_does_not_keep_the_next_apply_out() throws Exception {
        try (Host.LockAttempt.Held held = take(first(), Duration.ZERO)) {
            assertThat(held.alive()).isTrue();
            first().run(Command.changes("sh", "-c", "setsid sleep 20 >/dev/null 2>&1 &"));
        }
        long start = System.nanoTime();
        take(second(), Duration.ZERO).close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void changes_run_under_the_shared_lock_and_reads_do_not() throws Exception {
        try (Host.LockAttempt.Held held = take(first(), Duration.ZERO)) {
            assertThat(held.alive()).isTrue();
            List<String> probe = List.of("flock", "--exclusive", "--nonblock", state() + "/ops.lock", "true");
            assertThat(first().run(Command.changes(probe)).exit()).isEqualTo(1);
            assertThat(first().run(Command.reads(probe)).exit()).isZero();
        }
    }

    @Test
    void a_directory_of_another_user_or_open_to_others_is_refused() throws Exception {
        Path open = Files.createDirectory(dir.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwx---"));
        Path foreign = foreign();
        Path link = Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(dir.resolve("real")));
        assertRefused(open, "can be written by others");
        assertRefused(foreign, "belongs to another user");
        assertRefused(link, "is not a directory");
    }

    @Test
    void a_directory_that_others_could_exchange_is_refused() throws Exception {
        Path above = Files.createDirectory(dir.resolve("above"));
        Path state = Files.createDirectory(above.resolve("main"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertRefused(state, above + " can be written by others");
    }

    @Test
    void links_planted_at_the_files_of_the_lock_are_not_written_through() throws Exception {
        for (String name : List.of("apply.lock", "ops.lock")) {
            Path state = Files.createDirectory(dir.resolve("with " + name));
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
            Files.createSymbolicLink(state.resolve(name), dir.resolve("of somebody else"));
            assertRefused(state, name + " is a symbolic link");
        }
        assertThat(dir.resolve("of somebody else")).doesNotExist();
        Path precious = Files.writeString(dir.resolve("precious"), "mine");
        Path state = Files.createDirectory(Path.of(state().value()));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(state.resolve("apply.holder.new"), precious);
        Files.createSymbolicLink(state.resolve("apply.holder"), precious);
        take(first(), Duration.ZERO).close();
        assertThat(precious).hasContent("mine");
        try (var files = Files.list(state)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_file_of_the_lock_that_cannot_be_written_is_told_with_the_reason() throws Exception {
        for (String name : List.of("apply.lock", "apply.holder", "ops.lock")) {
            Path state = Files.createDirectory(dir.resolve("taken " + name));
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(state.resolve(name));
            assertThatThrownBy(() -> first().lock(HostPath.of(state.toString()), "ann", Duration.ZERO))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("/" + name + " cannot be written: ")
                    .hasMessageContaining("director");
        }
    }

    private Path foreign() throws IOException {
        Path mine = Files.createDirectory(dir.resolve("foreign"));
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rwx------"));
        if (!Files.getAttribute(mine, "unix:uid").equals(0)) {
            // Only root can give a directory away; to everybody else root's are foreign.
            return Path.of("/usr/share");
        }
        return Files.setAttribute(mine, "unix:uid", 12345);
    }

    private void assertRefused(Path directory, String why) {
        assertThatThrownBy(() -> first().lock(HostPath.of(directory.toString()), "ann", Duration.ZERO))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.UNSAFE_FOLDER))
                .hasMessageContaining(why);
    }

    void killHolder() throws Exception {
        List<Long> pids = HostContract.running("/bin/bash\0-c\0").stream()
                .filter(pid -> cmdline(pid).contains(state() + "\0"))
                .toList();
        assertThat(pids).hasSize(1);
        ProcessHandle.of(pids.getFirst()).orElseThrow().destroyForcibly();
    }

    static String cmdline(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (java.io.IOException e) {
            return "";
        }
    }
}
