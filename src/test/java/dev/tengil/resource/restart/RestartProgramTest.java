package dev.tengil.resource.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that starts containers again, run by the real Perl over files as Proxmox writes them; only pct and systemctl are not there. */
class RestartProgramTest {

    private static final String NOT_ALIVE = "7FFFFFF0";

    @TempDir
    Path root;

    private Path tasks;

    @BeforeEach
    void host() throws IOException {
        tasks = Files.createDirectories(root.resolve("var/log/pve/tasks"));
        Files.createDirectories(root.resolve("etc/pve/lxc"));
        Files.createDirectories(root.resolve("run"));
        Files.createDirectories(root.resolve("var/lib/tengil/main"));
        Files.writeString(root.resolve("etc/pve/lxc/100.conf"), "hostname: web\n");
        Files.writeString(root.resolve("RestartFiles.pl"), RestartFiles.PROGRAM);
        program("pct", "echo \"$@\" >> " + root + "/said; touch " + root + "/runs");
        program("systemctl", "[ -e " + root + "/runs ]");
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process begin() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("perl", root.resolve("RestartFiles.pl").toString(), "100", root.toString(), "0.4");
        builder.environment().put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        return builder.redirectErrorStream(true).start();
    }

    private String end(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
        return out;
    }

    /** What was asked of pct. */
    private List<String> run() throws IOException, InterruptedException {
        end(begin());
        return said();
    }

    private List<String> said() throws IOException {
        return Files.exists(root.resolve("said")) ? Files.readAllLines(root.resolve("said")) : List.of();
    }

    private static String upid(String pid, Instant begin, String type, String id) {
        return String.format(
                Locale.ROOT, "UPID:pve:%s:0001D2F0:%08X:%s:%s:root@pam:", pid, begin.getEpochSecond(), type, id);
    }

    private void index(String type, String id, Instant end) throws IOException {
        Files.writeString(
                tasks.resolve("index"),
                String.format(
                        Locale.ROOT,
                        "%s %08X OK%n",
                        upid(NOT_ALIVE, end.minusSeconds(5), type, id),
                        end.getEpochSecond()));
    }

    @Test
    void one_whose_program_ended_by_itself_is_started_again() throws IOException, InterruptedException {
        index("vzstart", "100", Instant.now());
        assertThat(run()).containsExactly("start 100");
        assertThat(Files.readString(root.resolve("run/tengil-restart-100"))).startsWith("1 ");
    }

    @Test
    void one_that_somebody_stopped_stays_as_it_is() throws IOException, InterruptedException {
        for (String type : List.of("vzstop", "vzshutdown", "vzreboot", "vzdestroy", "hastop")) {
            index(type, "100", Instant.now());
            assertThat(run()).as(type).isEmpty();
        }
    }

    @Test
    void so_does_one_whose_stop_is_still_at_work_or_was_not_written_down_yet()
            throws IOException, InterruptedException {
        String alive =
                String.format(Locale.ROOT, "%08X", ProcessHandle.current().pid());
        Files.writeString(tasks.resolve("active"), upid(alive, Instant.now(), "vzshutdown", "100") + " 0\n");
        assertThat(run()).isEmpty();
        String just = upid(NOT_ALIVE, Instant.now().minusSeconds(60), "vzstop", "100");
        Files.writeString(tasks.resolve("active"), just + " 0\n");
        char last = just.split(":", -1)[4].charAt(7);
        Path log = Files.createDirectories(tasks.resolve(String.valueOf(last))).resolve(just);
        Files.writeString(log, "TASK OK");
        assertThat(run()).isEmpty();
        Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(run()).containsExactly("start 100");
    }

    @Test
    void stops_of_before_and_of_others_say_nothing() throws IOException, InterruptedException {
        index("vzstop", "100", Instant.now().minusSeconds(100));
        assertThat(run()).containsExactly("start 100");
        Files.delete(root.resolve("runs"));
        index("vzstop", "101", Instant.now());
        assertThat(run()).hasSize(2);
    }

    @Test
    void one_that_is_locked_gone_or_running_is_left_alone() throws IOException, InterruptedException {
        Path conf = root.resolve("etc/pve/lxc/100.conf");
        Files.writeString(conf, "hostname: web\nlock: backup\n");
        assertThat(run()).isEmpty();
        Files.delete(conf);
        assertThat(run()).isEmpty();
        Files.writeString(conf, "hostname: web\n");
        Files.createFile(root.resolve("runs"));
        assertThat(run()).isEmpty();
    }

    @Test
    void while_an_apply_is_at_work_it_alone_starts() throws IOException, InterruptedException {
        Path lock = Files.createFile(root.resolve("var/lib/tengil/main/apply.lock"));
        Process holder = new ProcessBuilder("flock", lock.toString(), "sleep", "60").start();
        try {
            Thread.sleep(500);
            Process process = begin();
            Thread.sleep(2500);
            assertThat(said()).isEmpty();
            assertThat(process.isAlive()).isTrue();
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly().waitFor();
            end(process);
            assertThat(said()).containsExactly("start 100");
        } finally {
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly();
        }
    }

    @Test
    void one_that_ends_again_and_again_waits_longer_each_time() throws IOException, InterruptedException {
        program(
                "pct",
                "echo \"$@\" >> " + root + "/said; [ $(wc -l < " + root + "/said) -lt 3 ] || touch " + root + "/runs");
        List<String> seen = new ArrayList<>(run());
        assertThat(seen).containsExactly("start 100", "start 100", "start 100");
        assertThat(Files.readString(root.resolve("run/tengil-restart-100"))).startsWith("3 ");
    }

    @Test
    void what_it_reads_is_only_read() throws IOException, InterruptedException {
        index("vzstart", "100", Instant.now());
        String before = Files.readString(tasks.resolve("index"));
        run();
        assertThat(Files.readString(tasks.resolve("index"))).isEqualTo(before);
        try (FileChannel conf = FileChannel.open(root.resolve("etc/pve/lxc/100.conf"), StandardOpenOption.READ)) {
            assertThat(conf.size()).isEqualTo("hostname: web\n".length());
        }
    }
}
