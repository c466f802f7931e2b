package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tengil.model.HostPath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every host with a real file system promises, whatever the way there. */
abstract class HostContract {

    @TempDir
    Path dir;

    abstract Host host();

    HostPath at(String name) {
        return HostPath.of(dir + "/" + name);
    }

    @Test
    void what_goes_in_by_standard_input_is_in_no_command_line_and_no_environment() throws Exception {
        String canary = "canary-" + CommandWrapper.random();
        Path done = dir.resolve("done");
        Command slow = Command.changes("sh", "-c", "cat > /dev/null; sleep 1; touch \"$1\"", "sh", done.toString())
                .withStdin(Bytes.utf8(canary))
                .withRedactions(java.util.Set.of(canary));
        var running = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                host().write(new FileWrite(at("secrets.json"), Bytes.utf8(canary), 0600));
                return host().run(slow);
            } catch (HostException e) {
                throw new IllegalStateException(e);
            }
        });
        int looks = 0;
        for (; !running.isDone() || looks == 0; looks++) {
            assertThat(seenInProcesses(canary)).isEmpty();
        }
        assertThat(running.get().exit()).isZero();
        assertThat(done).exists();
        assertThat(looks).isGreaterThan(5);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("secrets.json"))))
                .isEqualTo("rw-------");
    }

    private static List<String> seenInProcesses(String canary) throws java.io.IOException {
        List<String> seen = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                for (String file : List.of("cmdline", "environ")) {
                    try {
                        if (Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1)
                                .contains(canary)) {
                            seen.add(process + "/" + file);
                        }
                    } catch (java.io.IOException e) {
                        // ended meanwhile, or somebody else's
                    }
                }
            }
        }
        return seen;
    }

    @Test
    void a_directory_is_made_with_what_is_missing_above_it() throws Exception {
        Path top = Files.createDirectory(dir.resolve("top of -n 'all'"));
        String me = Files.getAttribute(top, "unix:uid") + ":" + Files.getAttribute(top, "unix:gid");
        HostPath path = HostPath.of(top + "/-p/a * b/$(id)");
        Command make = MakeDirectory.command(HostPath.of(top.toString()), path, me, "02770");
        assertThat(host().run(make)).isEqualTo(Result.of(0, "", ""));
        assertThat(host().run(make)).isEqualTo(Result.of(0, "", ""));
        assertThat(host().run(Command.reads("stat", "-c", "%a %u:%g", path.value()))
                        .out())
                .isEqualTo("2770 " + me + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top.resolve("-p"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void a_link_on_the_way_to_a_directory_is_not_followed() throws Exception {
        Path top = Files.createDirectory(dir.resolve("top"));
        Path system = Files.createDirectory(dir.resolve("system"));
        Files.createDirectory(system.resolve("inner"));
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(system));
        Files.createSymbolicLink(top.resolve("films"), system);
        Files.createSymbolicLink(top.resolve("gone"), dir.resolve("nowhere"));
        for (String below : List.of("films", "films/inner", "films/new", "gone", "gone/new")) {
            Result result = host().run(MakeDirectory.command(
                    HostPath.of(top.toString()), HostPath.of(top + "/" + below), "", "00700"));
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("is a symbolic link, which is not followed");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(system)))
                .isEqualTo(mode);
        assertThat(system.resolve("new")).doesNotExist();
        assertThat(dir.resolve("nowhere")).doesNotExist();
    }

    @Test
    void a_file_takes_the_place_of_a_link_and_what_it_led_to_stays() throws Exception {
        Path precious = Files.writeString(dir.resolve("precious"), "mine");
        Files.createSymbolicLink(dir.resolve("link"), precious);
        host().write(new FileWrite(at("link"), Bytes.utf8("ours"), 0600));
        assertThat(precious).hasContent("mine");
        assertThat(dir.resolve("link")).hasContent("ours").isRegularFile();
        assertThat(Files.isSymbolicLink(dir.resolve("link"))).isFalse();
        Files.createSymbolicLink(dir.resolve("other"), precious);
        host().remove(at("other"));
        assertThat(precious).hasContent("mine");
    }

    @Test
    void output_errors_and_exit_code_come_back_exactly() throws Exception {
        Result result = host().run(Command.reads("sh", "-c", "printf 'a\\n\\nb'; printf 'oops' >&2; exit 3"));
        assertThat(result).isEqualTo(Result.of(3, "a\n\nb", "oops"));
    }

    @Test
    void a_command_without_output_gives_none() throws Exception {
        assertThat(host().run(Command.reads("true"))).isEqualTo(Result.of(0, "", ""));
    }

    @Test
    void a_command_that_exits_with_255_is_told_from_a_broken_connection() throws Exception {
        assertThat(host().run(Command.reads("sh", "-c", "exit 255")).exit()).isEqualTo(255);
    }

    @Test
    void a_program_that_does_not_exist_exits_with_127() throws Exception {
        Result result = host().run(Command.reads("no-such-program-here", "x"));
        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.err()).contains("no-such-program-here");
    }

    @Test
    void death_by_a_signal_is_128_and_its_number() throws Exception {
        assertThat(host().run(Command.reads("sh", "-c", "kill -TERM $$")).exit())
                .isEqualTo(143);
    }

    @Test
    void every_character_of_an_argument_arrives() throws Exception {
        List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
        StringBuilder all = new StringBuilder();
        for (char c = 1; c < 256; c++) {
            argv.add(String.valueOf(c));
            argv.add("\\" + c + "'" + c + "\\");
            all.append(c);
        }
        argv.addAll(List.of(
                "", all.toString(), all.reverse().toString(), "\\", "'", "\\'", "'\\''", "$(id)", "`id`", "-x", "😀"));
        Result result = host().run(Command.reads(argv));
        assertThat(result.err()).isEmpty();
        assertThat(Arrays.asList(result.out().split("\0", -1)))
                .startsWith(argv.subList(2, argv.size()).toArray(new String[0]))
                .hasSize(argv.size() - 1);
    }

    @Test
    void the_environment_holds_only_what_we_set() throws Exception {
        List<String> environment = host().run(Command.reads("env"))
                .out()
                .lines()
                .filter(l -> !l.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
                .sorted()
                .toList();
        assertThat(environment)
                .containsExactly(
                        "HOME=/root",
                        "LC_ALL=C.UTF-8",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }

    @Test
    void standard_input_of_all_bytes_passes_both_ways() throws Exception {
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        Result result = host().run(Command.reads("cat").withStdin(Bytes.of(bytes)));
        assertThat(result.stdout()).isEqualTo(Bytes.of(bytes));
    }

    @Test
    void a_command_that_does_not_read_its_input_is_no_failure() throws Exception {
        assertThat(host().run(Command.reads("true").withStdin(Bytes.of(new byte[1 << 20])))
                        .exit())
                .isZero();
    }

    @Test
    void without_input_standard_input_is_empty() throws Exception {
        assertThat(host().run(Command.reads("cat"))).isEqualTo(Result.of(0, "", ""));
    }

    @Test
    void lines_are_seen_while_the_command_still_runs() throws Exception {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Result result = host().run(Command.reads("sh", "-c", "echo one; sleep 1; echo two >&2; printf three"), line -> {
            lines.add(line);
            times.add(System.nanoTime());
        });
        assertThat(lines).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(Duration.ofNanos(times.get(2) - times.get(0))).isGreaterThan(Duration.ofMillis(500));
        assertThat(result.out()).isEqualTo("one\nthree");
    }

    @Test
    void a_flood_of_output_is_cut_at_the_bound_and_said_to_be() throws Exception {
        Result result = host().run(Command.reads("head", "-c", "70000000", "/dev/zero"));
        assertThat(result.exit()).isZero();
        assertThat(result.truncated()).isTrue();
        assertThat(result.stdout().size()).isEqualTo(WrappedProcess.OUTPUT_BOUND);
    }

    @Test
    void the_deadline_kills_the_whole_group() throws Exception {
        String mark = "98" + (System.nanoTime() % 100_000_000L);
        long start = System.nanoTime();
        Result result = host().run(
                        Command.reads("sh", "-c", "sleep " + mark + " & (trap '' TERM; sleep " + mark + ") & wait")
                                .withDeadline(Duration.ofSeconds(1)));
        assertThat(result.exit()).isEqualTo(Result.DEADLINE_EXIT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertGone("sleep\0" + mark);
    }

    @Test
    void a_command_that_ignores_the_first_signal_is_killed() throws Exception {
        Result result = host().run(Command.reads("sh", "-c", "trap '' TERM; while :; do sleep 0.1; done")
                .withDeadline(Duration.ofMillis(500)));
        assertThat(result.exit()).isEqualTo(Result.DEADLINE_EXIT);
    }

    @Test
    void a_daemon_left_behind_does_not_hold_us_up() throws Exception {
        long start = System.nanoTime();
        Result result = host().run(Command.reads("sh", "-c", "setsid sleep 7 & echo started"));
        assertThat(result.out()).isEqualTo("started\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void an_argument_beyond_the_kernels_bound_is_a_clear_error() throws Exception {
        Result result = host().run(Command.reads("echo", "x".repeat(140_000)));
        assertThat(result.exit()).isEqualTo(126);
        assertThat(result.err()).contains("131071");
    }

    @Test
    void files_and_directories_are_read_with_owner_and_mode() throws Exception {
        Path confs = Files.createDirectory(dir.resolve("confs"));
        Files.createSymbolicLink(dir.resolve("link"), confs);
        byte[] odd = {0, 1, '\n', 'F', ' ', '4', (byte) 0xff};
        Files.write(confs.resolve("100.conf"), odd);
        Files.writeString(confs.resolve("a b ü 'q' \\x"), "odd name");
        Files.writeString(confs.resolve("empty"), "");
        Files.createDirectory(confs.resolve("deeper"));
        Files.writeString(confs.resolve("deeper/unseen"), "");
        Files.createSymbolicLink(confs.resolve("linked"), confs.resolve("empty"));
        Files.writeString(dir.resolve("alone"), "alone");
        Files.setPosixFilePermissions(dir.resolve("alone"), PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(dir.resolve("to-alone"), dir.resolve("alone"));
        SortedMap<HostPath, HostFile> files = host().read(List.of(
                at("link"), at("alone"), at("to-alone"), at("missing"), at("alone/below"), at("missing/deep")));
        assertThat(files.keySet())
                .containsExactly(
                        at("alone"), at("link/100.conf"), at("link/a b ü 'q' \\x"), at("link/empty"), at("to-alone"));
        assertThat(files.get(at("link/100.conf")).content()).isEqualTo(Bytes.of(odd));
        int user = (Integer) Files.getAttribute(dir.resolve("alone"), "unix:uid");
        int group = (Integer) Files.getAttribute(dir.resolve("alone"), "unix:gid");
        assertThat(files.get(at("alone"))).isEqualTo(new HostFile(Bytes.utf8("alone"), 0640, user, group));
        assertThat(files.get(at("link/a b ü 'q' \\x")).content().text()).isEqualTo("odd name");
    }

    @Test
    void a_file_whose_size_is_said_to_be_zero_is_read_whole() throws Exception {
        HostPath version = HostPath.of("/proc/version");
        assertThat(host().read(List.of(version)).get(version).content().text()).startsWith("Linux");
    }

    @Test
    void what_is_neither_file_nor_directory_is_an_error() {
        assertThatThrownBy(() -> host().read(List.of(HostPath.of("/dev/null"))))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.FILE))
                .hasMessageContaining("/dev/null");
    }

    @Test
    void a_file_name_that_cannot_be_expressed_is_an_error() throws Exception {
        Files.createDirectory(dir.resolve("odd"));
        Files.writeString(dir.resolve("odd/line\nfeed"), "");
        assertThatThrownBy(() -> host().read(List.of(at("odd"))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("line?feed");
    }

    @Test
    void thousands_of_paths_are_read_at_once() throws Exception {
        List<HostPath> paths = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            paths.add(at("a-rather-long-name-of-a-file-that-does-not-exist-at-all-" + i));
        }
        Files.writeString(dir.resolve("there"), "yes");
        paths.add(at("there"));
        assertThat(host().read(paths).keySet()).containsExactly(at("there"));
    }

    @Test
    void a_file_is_written_whole_with_its_mode_and_leaves_nothing_else() throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < 200_000; i++) {
            content.write(i % 251);
        }
        host().write(new FileWrite(at("new ü"), Bytes.of(content.toByteArray()), 0640));
        host().write(new FileWrite(at("empty"), Bytes.EMPTY, 0600));
        host().write(new FileWrite(at("empty"), Bytes.utf8("x"), 0644));
        assertThat(Files.readAllBytes(dir.resolve("new ü"))).isEqualTo(content.toByteArray());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("new ü"))))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("empty"))))
                .isEqualTo("rw-r--r--");
        assertThat(names()).containsExactly("empty", "new ü");
    }

    @Test
    void a_symlink_at_the_path_is_replaced_and_its_target_left_alone() throws Exception {
        Files.writeString(dir.resolve("victim"), "safe");
        Files.createSymbolicLink(dir.resolve("trap"), dir.resolve("victim"));
        host().write(new FileWrite(at("trap"), Bytes.utf8("ours"), 0600));
        assertThat(Files.readString(dir.resolve("victim"))).isEqualTo("safe");
        assertThat(Files.isSymbolicLink(dir.resolve("trap"))).isFalse();
        assertThat(Files.readString(dir.resolve("trap"))).isEqualTo("ours");
    }

    @Test
    void a_write_that_fails_says_where_and_why_and_leaves_nothing() throws Exception {
        Files.createDirectories(dir.resolve("taken/x"));
        assertThatThrownBy(() -> host().write(new FileWrite(at("taken"), Bytes.utf8("x"), 0600)))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.FILE))
                .hasMessageContaining(dir + "/taken")
                .hasMessageContaining("directory");
        assertThatThrownBy(() -> host().write(new FileWrite(at("nowhere/f"), Bytes.utf8("x"), 0600)))
                .hasMessageContaining("No such file");
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void a_file_is_removed_a_missing_one_is_fine_and_a_directory_refused() throws Exception {
        Files.writeString(dir.resolve("f"), "");
        Files.createSymbolicLink(dir.resolve("l"), dir.resolve("d"));
        Files.createDirectory(dir.resolve("d"));
        host().remove(at("f"));
        host().remove(at("f"));
        host().remove(at("l"));
        assertThatThrownBy(() -> host().remove(at("d"))).isInstanceOf(HostException.class);
        assertThat(names()).containsExactly("d");
    }

    @Test
    void many_commands_run_at_the_same_time() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<Result>> results = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String n = String.valueOf(i);
                results.add(threads.submit(() -> host().run(Command.reads("echo", n))));
            }
            for (int i = 0; i < 24; i++) {
                assertThat(results.get(i).get()).isEqualTo(Result.of(0, i + "\n", ""));
            }
        }
    }

    private List<String> names() throws Exception {
        try (var entries = Files.list(dir)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    static void assertGone(String cmdline) throws Exception {
        for (int i = 0; i < 30; i++) {
            if (running(cmdline).isEmpty()) {
                return;
            }
            Thread.sleep(100);
        }
        assertThat(running(cmdline)).isEmpty();
    }

    static List<Long> running(String cmdline) throws Exception {
        List<Long> pids = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String line =
                            new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.ISO_8859_1);
                    if (line.startsWith(cmdline)) {
                        pids.add(Long.valueOf(process.getFileName().toString()));
                    }
                } catch (java.io.IOException e) {
                    // Ended while we looked.
                }
            }
        }
        return pids;
    }
}
