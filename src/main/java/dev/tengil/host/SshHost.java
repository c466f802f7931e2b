package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine behind the system's own ssh. Connects at the first use, and again if the connection was lost in between. */
public final class SshHost extends WrappedHost {

    /** sshd allows ten sessions on a connection (MaxSessions); one is the connection's own, one the lock's. */
    private static final int SESSIONS = 8;

    private final SshDestination destination;
    private final List<String> options;
    private final Semaphore sessions = new Semaphore(SESSIONS, true);
    private @Nullable SshMaster master;

    public SshHost(SshDestination destination) {
        this(destination, List.of());
    }

    /** @param options more words for ssh, for example {@code -F} and a config file */
    public SshHost(SshDestination destination, List<String> options) {
        this.destination = destination;
        this.options = List.copyOf(options);
    }

    @Override
    public String name() {
        return destination.text();
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        try {
            sessions.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException(
                    HostException.Kind.INTERRUPTED, "interrupted before " + command.program() + " was run", e);
        }
        try {
            return super.run(command, eachLine);
        } finally {
            sessions.release();
        }
    }

    @Override
    Process start(List<String> argv) throws HostException {
        try {
            return new ProcessBuilder(connected().session(destination, shellText(argv))).start();
        } catch (IOException e) {
            throw new HostException(HostException.Kind.UNREACHABLE, "ssh cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * What to start here so that this runs there on our own streams; ssh's exit code is then the program's.
     *
     * @param terminal whether it shall have a terminal there
     */
    public List<String> attached(List<String> argv, boolean terminal) {
        List<String> there = new ArrayList<>(List.of("/usr/bin/env"));
        there.addAll(CommandWrapper.ENVIRONMENT);
        there.addAll(argv);
        List<String> words = new ArrayList<>(List.of("ssh"));
        words.addAll(options);
        words.addAll(List.of(terminal ? "-t" : "-T", "-o", "LogLevel=ERROR", "--", destination.text()));
        words.add("exec " + ShellWords.join(there));
        return words;
    }

    private synchronized SshMaster connected() throws HostException {
        SshMaster current = master;
        if (current != null && current.alive()) {
            return current;
        }
        if (current != null) {
            current.close();
        }
        master = null;
        current = SshMaster.connect(destination, options);
        master = current;
        return current;
    }

    /** What the login shell there reads: it steps aside at once for a shell with a clean environment. */
    private static String shellText(List<String> argv) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        words.addAll(CommandWrapper.ENVIRONMENT);
        words.addAll(argv);
        return "exec " + ShellWords.join(words);
    }

    /** The whole line is one argument of the login shell there. */
    @Override
    @Nullable
    String tooLong(List<String> argv) {
        int length = shellText(argv).getBytes(StandardCharsets.UTF_8).length;
        return length <= LONGEST_ARGUMENT
                ? null
                : "its arguments take " + length + " bytes on the way through ssh, of at most " + LONGEST_ARGUMENT;
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        if (paths.isEmpty()) {
            return new TreeMap<>();
        }
        Result result = finish(run(FileScripts.read(paths)));
        if (result.truncated()) {
            throw new HostException(
                    HostException.Kind.FILE,
                    "the files to read on " + name() + " are larger than " + (WrappedProcess.OUTPUT_BOUND >> 20)
                            + " MiB together");
        }
        return ReadFrames.parse(result.stdout());
    }

    @Override
    public synchronized void close() {
        if (master != null) {
            master.close();
            master = null;
        }
    }
}
