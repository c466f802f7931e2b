package dev.tengil.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways in which the way to a host breaks, with a real ssh and a real sshd. */
class SshFailureTest {

    @TempDir
    Path dir;

    private LoopbackSshd sshd;

    @BeforeEach
    void start() throws Exception {
        sshd = LoopbackSshd.start(dir, "/bin/sh");
    }

    @AfterEach
    void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    private static void assertKind(HostException.Kind kind, SshHost host, String... says) {
        assertThatThrownBy(() -> host.run(Command.reads("true")))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .message()
                .contains(says);
        host.close();
    }

    @Test
    void an_alias_of_the_users_config_is_honoured() throws Exception {
        try (SshHost host = sshd.alias()) {
            assertThat(host.name()).isEqualTo("box");
            assertThat(host.run(Command.reads("echo", "hi")).out()).isEqualTo("hi\n");
        }
    }

    @Test
    void an_unknown_host_key_is_said_with_what_to_do() throws Exception {
        sshd.knowNothing();
        assertKind(
                HostException.Kind.UNKNOWN_HOST_KEY, sshd.host(), "is not in known_hosts", "ssh ssh://root@127.0.0.1:");
    }

    @Test
    void a_changed_host_key_is_told_from_an_unknown_one() throws Exception {
        sshd.know("other");
        assertKind(HostException.Kind.UNKNOWN_HOST_KEY, sshd.host(), "is not the one in known_hosts", "ssh-keygen -R");
    }

    @Test
    void a_refused_key_says_how_to_bring_it_there() throws Exception {
        Files.writeString(dir.resolve("authorized_keys"), "");
        assertKind(HostException.Kind.UNREACHABLE, sshd.host(), "Permission denied", "ssh-copy-id");
    }

    @Test
    void a_closed_port_is_unreachable_with_the_words_of_ssh() {
        sshd.close();
        assertKind(HostException.Kind.UNREACHABLE, sshd.host(), "cannot be reached", "Connection refused");
    }

    @Test
    void a_connection_cut_during_a_command_leaves_its_outcome_unknown_and_the_next_one_connects_again()
            throws Exception {
        try (SshHost host = sshd.host()) {
            Path started = dir.resolve("started");
            Path ended = dir.resolve("ended");
            CompletableFuture<HostException> broken = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    host.run(Command.changes("sh", "-c", "touch " + started + "; sleep 3; touch " + ended));
                    broken.completeExceptionally(new AssertionError("it came back"));
                } catch (HostException e) {
                    broken.complete(e);
                }
            });
            while (!Files.exists(started)) {
                Thread.sleep(20);
            }
            sshd.cut();
            HostException e = broken.get(30, TimeUnit.SECONDS);
            assertThat(e.kind()).isEqualTo(HostException.Kind.UNKNOWN_OUTCOME);
            assertThat(e).hasMessageContaining("whether it finished is not known");
            assertThat(host.run(Command.reads("echo", "again")).out()).isEqualTo("again\n");
            Thread.sleep(3000);
            assertThat(ended).exists();
        }
    }

    @Test
    void input_that_was_cut_is_never_given_to_the_command() throws Exception {
        CommandWrapper wrapper = new CommandWrapper(
                Command.changes("cp", "/dev/stdin", dir + "/target").withStdin(Bytes.of(new byte[100])), null);
        Process process = new ProcessBuilder(wrapper.argv()).start();
        process.getOutputStream().write(new byte[99]);
        process.getOutputStream().close();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(dir.resolve("target")).doesNotExist();
    }

    @Test
    void what_a_login_shell_says_is_not_taken_for_output() throws Exception {
        Files.writeString(
                dir.resolve("force"),
                "#!/bin/sh\necho 'Welcome!'; echo 'you have mail' >&2\nexec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n");
        try (SshHost host = sshd.host()) {
            assertThat(host.run(Command.reads("echo", "hi"))).isEqualTo(Result.of(0, "hi\n", ""));
        }
    }

    @Test
    void nothing_stays_behind_after_closing() throws Exception {
        SshHost host = sshd.host();
        host.run(Command.reads("true"));
        assertThat(HostContract.running("ssh\0-F\0" + dir)).isNotEmpty();
        host.close();
        HostContract.assertGone("ssh\0-F\0" + dir);
    }

    @Test
    void a_server_that_allows_a_single_session_per_connection_is_served_by_more_connections() throws Exception {
        sshd.close();
        Path other = Files.createDirectory(dir.resolve("strict"));
        sshd = LoopbackSshd.start(other, "/bin/sh", 1);
        try (SshHost host = sshd.host()) {
            assertThat(host.run(Command.reads("echo", "hi"))).isEqualTo(Result.of(0, "hi\n", ""));
        }
    }

    @Test
    void an_account_without_a_shell_says_so() throws Exception {
        Files.writeString(dir.resolve("force"), "#!/bin/sh\necho 'This account is currently not available.'\nexit 1\n");
        assertKind(HostException.Kind.UNREACHABLE, sshd.host(), "This account is currently not available.");
    }

    @Test
    void an_interrupted_wait_drops_a_look_and_leaves_a_change_to_its_end() throws Exception {
        try (SshHost host = sshd.host()) {
            for (boolean changes : new boolean[] {false, true}) {
                Path started = dir.resolve("started-" + changes);
                Path ended = dir.resolve("ended-" + changes);
                String script = "touch " + started + "; sleep 2; echo x; touch " + ended;
                CompletableFuture<HostException> interrupted = new CompletableFuture<>();
                Thread waiting = Thread.startVirtualThread(() -> {
                    try {
                        host.run(changes ? Command.changes("sh", "-c", script) : Command.reads("sh", "-c", script));
                    } catch (HostException e) {
                        interrupted.complete(e);
                    }
                });
                while (!Files.exists(started)) {
                    Thread.sleep(20);
                }
                waiting.interrupt();
                assertThat(interrupted.get(2, TimeUnit.SECONDS).kind()).isEqualTo(HostException.Kind.INTERRUPTED);
                if (changes) {
                    Thread.sleep(2500);
                    assertThat(ended).exists();
                }
            }
        }
    }
}
