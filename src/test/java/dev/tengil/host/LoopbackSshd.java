package dev.tengil.host;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real sshd on a loopback port with keys of its own, whose sessions are read by the login shell that the test asks for. */
final class LoopbackSshd implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final Process daemon;

    private LoopbackSshd(Path directory, int port, Process daemon) {
        this.directory = directory;
        this.port = port;
        this.daemon = daemon;
    }

    static void assumePresent(String shell) {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/sshd")), "skipped: sshd is missing (openssh-server)");
        assumeTrue(Files.isExecutable(Path.of(shell)), "skipped: " + shell + " is missing");
        assumeTrue(
                ProcessHandle.current().info().user().filter("root"::equals).isPresent(),
                "skipped: sshd needs root to let root in");
    }

    static LoopbackSshd start(Path directory, String shell) throws Exception {
        return start(directory, shell, 10);
    }

    /** @param maxSessions how many sessions one connection may carry; sshd's default is 10 */
    static LoopbackSshd start(Path directory, String shell, int maxSessions) throws Exception {
        assumePresent(shell);
        Files.createDirectories(Path.of("/run/sshd"));
        int port = freePort();
        for (String key : List.of("host", "user", "other")) {
            tool(
                    "ssh-keygen",
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-f",
                    directory.resolve(key).toString());
        }
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized_keys"));
        known(directory, "host", port);
        // sshd gives the forced command to the account's own shell; that one becomes the shell under test, with the
        // line as it came.
        Path force = directory.resolve("force");
        Files.writeString(force, "#!/bin/sh\nexec " + shell + " -c \"$SSH_ORIGINAL_COMMAND\"\n");
        tool("chmod", "755", force.toString());
        Files.writeString(
                directory.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s/host
                AuthorizedKeysFile %s/authorized_keys
                PermitRootLogin yes
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                UsePAM no
                StrictModes no
                PidFile none
                MaxSessions %d
                ForceCommand %s
                """.formatted(port, directory, directory, maxSessions, force));
        Files.writeString(directory.resolve("config"), """
                Host box
                    HostName 127.0.0.1
                    Port %d
                    User root
                Host *
                    IdentityFile %s/user
                    IdentitiesOnly yes
                    UserKnownHostsFile %s/known_hosts
                    GlobalKnownHostsFile none
                    ControlMaster auto
                    ControlPath %s/of-the-user
                    RequestTTY force
                """.formatted(port, directory, directory, directory));
        Process daemon = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-f",
                        directory.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        LoopbackSshd sshd = new LoopbackSshd(directory, port, daemon);
        sshd.awaitListening();
        return sshd;
    }

    SshHost host() {
        return new SshHost(SshDestination.parse("ssh://root@127.0.0.1:" + port).orThrow(), options());
    }

    SshHost alias() {
        return new SshHost(SshDestination.parse("box").orThrow(), options());
    }

    List<String> options() {
        return List.of("-F", directory.resolve("config").toString());
    }

    /** Makes known_hosts name this key, or none. */
    void know(String key) throws IOException {
        known(directory, key, port);
    }

    void knowNothing() throws IOException {
        Files.writeString(directory.resolve("known_hosts"), "");
    }

    private static void known(Path directory, String key, int port) throws IOException {
        Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve(key + ".pub")));
    }

    /** Cuts every connection by ending the sessions' processes; the listener stays. */
    void cut() {
        sessions().forEach(ProcessHandle::destroyForcibly);
    }

    /** Makes every connection fall silent without closing it, as a pulled cable does; only {@link #cut()} ends that. */
    void freeze() throws Exception {
        for (ProcessHandle session : sessions()) {
            tool("kill", "-STOP", Long.toString(session.pid()));
        }
    }

    private List<ProcessHandle> sessions() {
        return daemon.descendants()
                .filter(p -> p.info().command().orElse("").contains("sshd"))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("sshd did not start: " + Files.readString(directory.resolve("log")));
    }

    private static void tool(String... argv) throws Exception {
        Process process = new ProcessBuilder(argv).inheritIO().start();
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", argv) + " failed");
        }
    }

    @Override
    public void close() {
        cut();
        daemon.destroyForcibly();
    }
}
