package dev.tengil.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one connection over which all commands travel. It is a child of ours whose remote end reads our pipe: when we die, it sees
 * the end of the pipe and goes too, which a connection kept by ControlPersist would not.
 */
final class SshMaster implements AutoCloseable {

    private static final Duration LOGIN = Duration.ofSeconds(90);

    private static final String SOCKET = "s";

    private final Process process;
    private final Path directory;
    private final List<String> options;

    private SshMaster(Process process, Path directory, List<String> options) {
        this.process = process;
        this.directory = directory;
        this.options = options;
    }

    /** Connects and waits until a shell on the other side has answered. */
    static SshMaster connect(SshDestination destination, List<String> options) throws HostException {
        Path directory = directory();
        String mark = CommandWrapper.random();
        List<String> words = command(directory, options, "yes", destination, "echo " + mark + "; exec cat");
        Process process;
        try {
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            remove(directory);
            throw new HostException(
                    HostException.Kind.UNREACHABLE, "ssh cannot be started; is openssh-client installed?", e);
        }
        SshMaster master = new SshMaster(process, directory, options);
        Queue<String> complaints = new ConcurrentLinkedQueue<>();
        Thread errors = collect(process, complaints);
        try {
            if (answered(process, mark, complaints).get(LOGIN.toSeconds(), TimeUnit.SECONDS)) {
                return master;
            }
            errors.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            master.close();
            Thread.currentThread().interrupt();
            throw new HostException(
                    HostException.Kind.INTERRUPTED, "interrupted while connecting to " + destination, e);
        } catch (ExecutionException | TimeoutException e) {
            complaints.add("no answer within " + LOGIN.toSeconds() + " seconds");
        }
        master.close();
        throw SshFailure.of(destination, String.join("\n", complaints));
    }

    boolean alive() {
        return process.isAlive();
    }

    /** What to start here so that this runs there, by the user's login shell. */
    List<String> session(SshDestination destination, String shellText) {
        return command(directory, options, "no", destination, shellText);
    }

    /**
     * The user's own config counts (keys, agent, known_hosts, jump hosts), except for what would make a session anything but a
     * command with two pipes, or would ask a question.
     */
    private static List<String> command(
            Path directory, List<String> options, String masterOption, SshDestination destination, String shellText) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.addAll(List.of("/usr/bin/setsid", "--wait"));
        }
        words.add("ssh");
        words.addAll(options);
        for (String option : List.of(
                "ControlMaster=" + masterOption,
                "ControlPath=" + directory.resolve(SOCKET),
                "ControlPersist=no",
                "BatchMode=yes",
                "RequestTTY=no",
                "RemoteCommand=none",
                "SessionType=default",
                "StdinNull=no",
                "ForkAfterAuthentication=no",
                "ClearAllForwardings=yes",
                "ForwardAgent=no",
                "ForwardX11=no",
                "PermitLocalCommand=no",
                "ConnectTimeout=20",
                "ServerAliveInterval=5",
                "ServerAliveCountMax=3",
                "LogLevel=ERROR")) {
            words.add("-o");
            words.add(option);
        }
        words.addAll(List.of("--", destination.text(), shellText));
        return words;
    }

    /** In a directory that only we can enter; ssh adds 17 characters of its own and a socket's name may have 107. */
    private static Path directory() throws HostException {
        String configured = System.getProperty("java.io.tmpdir", "/tmp");
        Path parent = Path.of(configured.matches("[A-Za-z0-9/._-]{1,50}") ? configured : "/tmp");
        try {
            return Files.createTempDirectory(parent, "tg");
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.UNREACHABLE,
                    "no directory for ssh's control socket can be made in " + parent,
                    e);
        }
    }

    private static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(SOCKET));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // An empty private directory in the temporary folder harms nobody.
        }
    }

    private static CompletableFuture<Boolean> answered(Process process, String mark, Queue<String> otherwise) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.endsWith(mark)) {
                        answer.complete(true);
                    } else if (!answer.isDone()) {
                        otherwise.add(line);
                    }
                }
            } catch (IOException e) {
                // Broken before it answered: what ssh complained of says why.
            } finally {
                answer.complete(false);
            }
        });
        return answer;
    }

    private static Thread collect(Process process, Queue<String> into) {
        return Thread.startVirtualThread(() -> {
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (into.size() < 100) {
                        into.add(line);
                    }
                }
            } catch (IOException e) {
                // Only used to explain a failure.
            }
        });
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        remove(directory);
    }
}
