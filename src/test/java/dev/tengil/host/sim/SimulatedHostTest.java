package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedHostTest {

    private static final HostPath SMB = HostPath.of("/etc/samba.conf");

    private static SimulatedHost host(String world) {
        return SimulatedHost.inMemory(world, Faults.none()).orThrow();
    }

    private static SimulatedHost in(Path folder) {
        return SimulatedHost.in(folder, "sim", Faults.none()).orThrow();
    }

    private static Result run(Host host, String... argv) throws Exception {
        return host.run(Command.changes(argv));
    }

    @Test
    void a_program_that_is_not_installed_is_not_found() throws Exception {
        Result result = run(host(""), "telnet", "x");
        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.err()).isEqualTo("telnet: command not found\n");
    }

    @Test
    void what_one_process_does_another_sees(@TempDir Path folder) throws Exception {
        try (SimulatedHost one = in(folder);
                SimulatedHost other = in(folder)) {
            assertThat(run(one, "zfs", "create", "tank/media").exit()).isZero();
            assertThat(run(other, "zfs", "list", "-H", "-o", "name", "tank/media")
                            .out())
                    .isEqualTo("tank/media\n");
            assertThat(run(other, "zfs", "create", "tank/media/films").exit()).isZero();
            assertThat(run(one, "stat", "-c", "%F", "/tank/media/films").out()).isEqualTo("directory\n");
        }
        try (SimulatedHost later = in(folder)) {
            assertThat(run(later, "zfs", "list", "-H", "-o", "name", "-r", "tank")
                            .out())
                    .isEqualTo("tank\ntank/media\ntank/media/films\n");
        }
    }

    @Test
    void a_journal_line_cut_short_by_a_crash_is_a_command_that_did_not_happen(@TempDir Path folder) throws Exception {
        try (SimulatedHost host = in(folder)) {
            run(host, "zfs", "create", "tank/a");
        }
        Files.writeString(folder.resolve("journal.jsonl"), "{\"base\":\"1\",\"tab", StandardOpenOption.APPEND);
        try (SimulatedHost host = in(folder)) {
            run(host, "zfs", "create", "tank/b");
        }
        try (SimulatedHost host = in(folder)) {
            assertThat(run(host, "zfs", "list", "-H", "-o", "name", "-r", "tank")
                            .out())
                    .isEqualTo("tank\ntank/a\ntank/b\n");
        }
    }

    @Test
    void a_dataset_hides_what_lies_under_its_mountpoint_until_it_is_unmounted() throws Exception {
        SimulatedHost host = host("");
        run(host, "zfs", "create", "-u", "tank/media");
        run(host, "mkdir", "-p", "/tank/media");
        host.write(new FileWrite(HostPath.of("/tank/media/under"), Bytes.utf8("x"), 0644));
        run(host, "zfs", "mount", "tank/media");
        assertThat(run(host, "cat", "/tank/media/under").exit()).isEqualTo(1);
        run(host, "zfs", "unmount", "tank/media");
        assertThat(run(host, "cat", "/tank/media/under").out()).isEqualTo("x");
    }

    @Test
    void a_renamed_dataset_takes_its_files_along() throws Exception {
        SimulatedHost host = host("");
        run(host, "zfs", "create", "tank/a");
        host.write(new FileWrite(HostPath.of("/tank/a/f"), Bytes.utf8("x"), 0640));
        run(host, "zfs", "rename", "tank/a", "tank/b");
        assertThat(run(host, "cat", "/tank/b/f").out()).isEqualTo("x");
        assertThat(run(host, "stat", "-c", "%n", "/tank/a").exit()).isEqualTo(1);
    }

    @Test
    void reading_a_directory_gives_the_files_in_it_at_the_cost_of_one_start() throws Exception {
        SimulatedHost host = host("{files: {/etc/samba.conf: one, /etc/exports.d/a: two, /etc/exports.d/b: three}}");
        var files = host.read(List.of(SMB, HostPath.of("/etc/exports.d"), HostPath.of("/nowhere")));
        assertThat(files.values())
                .extracting(HostFile::content)
                .extracting(Bytes::text)
                .containsExactly("two", "three", "one");
        assertThat(host.starts()).isEqualTo(1);
        assertThat(host.mutations()).isZero();
    }

    @Test
    void an_acl_is_kept_and_its_mask_is_what_the_group_bits_show() throws Exception {
        SimulatedHost host = host("");
        run(host, "zfs", "create", "-o", "acltype=posixacl", "tank/d");
        run(host, "setfacl", "-m", "g:1000:rwx,d:g:1000:rwx", "--", "/tank/d");
        assertThat(run(host, "getfacl", "-n", "-p", "--", "/tank/d").out()).isEqualTo("""
                # file: /tank/d
                # owner: 0
                # group: 0
                user::rwx
                group::r-x
                group:1000:rwx
                mask::rwx
                other::r-x
                default:user::rwx
                default:group::r-x
                default:group:1000:rwx
                default:mask::rwx
                default:other::r-x

                """);
        assertThat(run(host, "stat", "-c", "%a", "/tank/d").out()).isEqualTo("775\n");
    }

    @Test
    void a_fault_strikes_the_nth_matching_command() throws Exception {
        Faults faults = Faults.parse("[{match: zfs create, nth: 2, exit: 1, stderr: out of space}]", () -> {})
                .orThrow();
        SimulatedHost host = SimulatedHost.inMemory("", faults).orThrow();
        assertThat(run(host, "zfs", "create", "tank/a").exit()).isZero();
        assertThat(run(host, "zfs", "create", "tank/b").err()).isEqualTo("out of space\n");
        assertThat(run(host, "zfs", "create", "tank/b").exit()).isZero();
    }

    @Test
    void death_after_a_command_leaves_it_done() {
        Faults faults = Faults.parse("[{nth: 1, do: die-after}]", () -> {
                    throw new IllegalStateException("died");
                })
                .orThrow();
        SimulatedHost host = SimulatedHost.inMemory("", faults).orThrow();
        assertThatThrownBy(() -> run(host, "zfs", "create", "tank/a")).hasMessage("died");
        boolean made = host.look(world -> world.zfs().exists("tank/a"));
        assertThat(made).isTrue();
    }

    @Test
    void the_lock_is_held_by_one_and_names_its_holder(@TempDir Path folder) throws Exception {
        HostPath state = HostPath.of("/var/lib/tengil/main");
        try (SimulatedHost one = in(folder);
                SimulatedHost other = in(folder)) {
            Host.LockAttempt first = one.lock(state, "anna@laptop", Duration.ZERO);
            assertThat(first).isInstanceOf(Host.LockAttempt.Held.class);
            assertThat(other.lock(state, "ben", Duration.ZERO)).isEqualTo(new Host.LockAttempt.Busy("anna@laptop"));
            ((Host.LockAttempt.Held) first).close();
            assertThat(other.lock(state, "ben", Duration.ZERO)).isInstanceOf(Host.LockAttempt.Held.class);
        }
    }

    @Test
    void another_process_that_rewrote_the_whole_world_is_noticed(@TempDir Path folder) throws Exception {
        String large = "x".repeat(3 << 20);
        try (SimulatedHost one = in(folder);
                SimulatedHost other = in(folder)) {
            run(one, "zfs", "create", "tank/before");
            run(other, "zfs", "list");
            for (int i = 0; i < 4; i++) {
                other.write(new FileWrite(HostPath.of("/root/f" + i), Bytes.utf8(large), 0600));
            }
            assertThat(Files.size(folder.resolve("journal.jsonl"))).isLessThan(8 << 20);
            assertThat(run(one, "zfs", "create", "tank/after").exit()).isZero();
            assertThat(one.read(List.of(HostPath.of("/root/f3")))).hasSize(1);
            assertThat(run(other, "zfs", "list", "-H", "-o", "name", "-r", "tank")
                            .out())
                    .isEqualTo("tank\ntank/after\ntank/before\n");
        }
    }

    @Test
    void hosts_on_one_folder_take_turns_also_within_one_process(@TempDir Path folder) throws Exception {
        try (SimulatedHost one = in(folder);
                SimulatedHost other = in(folder)) {
            Thread left = create(one, "l");
            Thread right = create(other, "r");
            left.join();
            right.join();
            assertThat(run(one, "zfs", "list", "-H", "-o", "name", "-r", "tank")
                            .out()
                            .lines())
                    .hasSize(101);
        }
    }

    private static Thread create(SimulatedHost host, String prefix) {
        return Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 50; i++) {
                host.run(Command.changes("zfs", "create", "tank/" + prefix + i));
            }
        });
    }

    @Test
    void an_interrupted_thread_still_gets_its_command_done(@TempDir Path folder) throws Exception {
        try (SimulatedHost host = in(folder)) {
            Thread.currentThread().interrupt();
            Result made = host.run(Command.changes("zfs", "create", "tank/a"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(made.exit()).isZero();
            assertThat(run(host, "zfs", "create", "tank/b").exit()).isZero();
        }
    }

    @Test
    void death_after_a_write_leaves_it_written() throws Exception {
        Faults faults = Faults.parse("[{match: write /etc/samba.conf, do: die-after}]", () -> {
                    throw new IllegalStateException("died");
                })
                .orThrow();
        SimulatedHost host = SimulatedHost.inMemory("", faults).orThrow();
        FileWrite file = new FileWrite(SMB, Bytes.utf8("x"), 0644);
        assertThatThrownBy(() -> host.write(file)).hasMessage("died");
        assertThat(host.read(List.of(SMB))).containsKey(SMB);
    }

    @Test
    void a_lock_times_out_as_often_as_asked_and_names_the_guest() throws Exception {
        Faults faults = Faults.parse("[{match: zfs list, do: lock, times: 2}]", () -> {})
                .orThrow();
        SimulatedHost host = SimulatedHost.inMemory("", faults).orThrow();
        for (int i = 0; i < 2; i++) {
            assertThat(run(host, "zfs", "list", "-o", "name", "101").err())
                    .isEqualTo("can't lock file '/run/lock/lxc/pve-config-101.lock' - got timeout\n");
        }
        assertThat(run(host, "zfs", "list", "tank").exit()).isZero();
    }

    @Test
    void nothing_can_be_made_on_a_full_or_read_only_pool() throws Exception {
        SimulatedHost host = host("pools: {full: {size: 10G, used: 10G}, old: {size: 10G, readonly: on}}");
        assertThat(run(host, "mkdir", "/full/x").err())
                .isEqualTo("mkdir: cannot create directory ‘/full/x’: No space left on device\n");
        assertThat(run(host, "zfs", "create", "full/x").err()).isEqualTo("cannot create 'full/x': out of space\n");
        assertThat(run(host, "touch", "/old/x").err())
                .isEqualTo("touch: cannot touch '/old/x': Read-only file system\n");
        assertThat(run(host, "zfs", "create", "old/x").err()).isEqualTo("cannot create 'old/x': pool is read-only\n");
        FileWrite file = new FileWrite(HostPath.of("/full/f"), Bytes.utf8("x"), 0644);
        assertThatThrownBy(() -> host.write(file)).hasMessage("/full/f cannot be written: No space left on device");
    }

    @Test
    void find_stays_in_its_file_system_when_told_to() throws Exception {
        SimulatedHost host = host("");
        run(host, "zfs", "create", "tank/a");
        run(host, "zfs", "create", "tank/a/below");
        run(host, "mkdir", "-p", "/tank/a/dir");
        run(host, "touch", "/tank/a/dir/f", "/tank/a/below/g");
        assertThat(run(host, "find", "/tank/a", "-xdev", "-printf", "%y %p\\n").out())
                .isEqualTo("d /tank/a\nd /tank/a/dir\nf /tank/a/dir/f\n");
        assertThat(run(host, "find", "/tank/a", "-type", "f", "!", "-name", "g").out())
                .isEqualTo("/tank/a/dir/f\n");
        assertThat(run(host, "find", "/nowhere").exit()).isEqualTo(1);
        assertThat(run(host, "find", "/tank", "-frob").err()).isEqualTo("find: unknown predicate `-frob'\n");
    }

    @Test
    void a_busy_dataset_is_neither_unmounted_nor_destroyed() throws Exception {
        SimulatedHost host = host("datasets: {tank/m3: {busy: true}}");
        Result destroyed = run(host, "zfs", "destroy", "tank/m3");
        assertThat(destroyed.exit()).isEqualTo(1);
        assertThat(destroyed.err()).isEqualTo("cannot unmount '/tank/m3': pool or dataset is busy\n");
        assertThat(run(host, "zfs", "get", "-Hp", "-o", "property,value", "mounted,mountpoint", "tank/m3")
                        .out())
                .isEqualTo("mounted\tyes\nmountpoint\t/tank/m3\n");
    }

    @Test
    void a_renamed_parent_takes_its_mounted_children_along() throws Exception {
        SimulatedHost host =
                host("datasets: {tank/m3: {}, tank/m3/child: {}, tank/media: {properties: {mountpoint: /tank/m2}}}");
        assertThat(run(host, "zfs", "rename", "tank/m3", "tank/m4").exit()).isZero();
        assertThat(run(host, "zfs", "list", "-Hp", "-r", "-o", "name,mountpoint,mounted", "tank")
                        .out())
                .isEqualTo("""
                        tank\t/tank\tyes
                        tank/m4\t/tank/m4\tyes
                        tank/m4/child\t/tank/m4/child\tyes
                        tank/media\t/tank/m2\tyes
                        """);
    }

    @Test
    void what_is_mounted_survives_the_removal_of_its_directory() throws Exception {
        SimulatedHost host = host("datasets: {tank/a: {}}");
        run(host, "mkdir", "-p", "/tank/plain/deep");
        assertThat(run(host, "rm", "-rf", "/tank/plain").exit()).isZero();
        assertThat(run(host, "test", "-e", "/tank/plain").exit()).isEqualTo(1);
        assertThat(run(host, "rm", "-rf", "/tank/a").err())
                .isEqualTo("rm: cannot remove '/tank/a': Device or resource busy\n");
        assertThat(run(host, "rmdir", "/tank/a").exit()).isEqualTo(1);
    }

    @Test
    void looking_costs_starts_and_no_mutations() throws Exception {
        SimulatedHost host = host("");
        host.run(Command.reads("zfs", "list"));
        host.read(List.of(SMB));
        assertThat(host.starts()).isEqualTo(2);
        assertThat(host.mutations()).isZero();
        run(host, "zfs", "create", "tank/a");
        host.write(new FileWrite(SMB, Bytes.utf8("x"), 0644));
        assertThat(host.starts()).isEqualTo(4);
        assertThat(host.mutations()).isEqualTo(2);
        assertThat(host.log()).containsExactly("zfs list", "zfs create tank/a", "write /etc/samba.conf");
    }

    @Test
    void every_program_that_tengil_names_in_its_source_is_installed() throws Exception {
        java.util.regex.Pattern sent = java.util.regex.Pattern.compile(
                "(?:Command\\.(?:reads|changes)|ask\\.command|List\\.of|each)\\((?:paths,)?\\s*\"([a-z][a-z0-9-]*)\",\\s*\"");
        java.util.TreeSet<String> named = new java.util.TreeSet<>();
        try (java.util.stream.Stream<Path> files = Files.walk(Path.of("src/main/java/dev/tengil"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*/(?:resource|cli|state|apply)/.*\\.java"))
                    .toList()) {
                java.util.regex.Matcher match = sent.matcher(Files.readString(file));
                while (match.find()) {
                    if (Files.readString(file).contains("Command.")
                            && PROGRAMS.matcher(match.group(1)).matches()) {
                        named.add(match.group(1));
                    }
                }
            }
        }
        assertThat(named).contains("zfs", "pct", "pvesh", "getfacl", "journalctl");
        Programs installed = new Programs();
        assertThat(named).allMatch(installed::has);
    }

    private static final java.util.regex.Pattern PROGRAMS = java.util.regex.Pattern.compile(
            "z(fs|pool)|pve\\w*|pct|skopeo|testparm|smb\\w+|pdbedit|exportfs|systemctl|journalctl|[sg]etfacl|stat|ch(own|mod)|mkdir|"
                    + "mv|rm|cat|find|flock|ip|nft|user\\w+|group\\w+|gpasswd|getent|dpkg-query|apt-get|install|sed|sh|env|dd|readlink");
}
