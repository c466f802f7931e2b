package dev.tengil.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Talks to one started {@link CommandWrapper}, on this machine or through ssh, until both of its streams have ended. */
final class WrappedProcess {

    /** Per stream; more than any listing of a homelab, less than what would hurt. */
    static final int OUTPUT_BOUND = 64 * 1024 * 1024;

    /** For the way there and back, the wait for {@code ops.lock} and the kill, all of which the wrapper's deadline leaves out. */
    private static final Duration SLACK = Duration.ofSeconds(45);

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int KILLED = 128 + 9;

    private final Command command;
    private final Process process;
    private final MarkedStream out;
    private final MarkedStream err;
    private @Nullable RuntimeException watcherFailure;

    WrappedProcess(Command command, CommandWrapper wrapper, Process process, Consumer<String> eachLine) {
        this.command = command;
        this.process = process;
        Consumer<String> watcher = line -> watch(eachLine, line);
        this.out = new MarkedStream(wrapper.mark(), OUTPUT_BOUND, new Lines(watcher));
        this.err = new MarkedStream(wrapper.mark(), OUTPUT_BOUND, new Lines(watcher));
    }

    /** Both streams call the watcher in turn; if it fails, the output is still taken in, or the command would block. */
    private synchronized void watch(Consumer<String> eachLine, String line) {
        if (watcherFailure == null) {
            try {
                eachLine.accept(line);
            } catch (RuntimeException e) {
                watcherFailure = e;
            }
        }
    }

    /**
     * Waits for the end. A command that only looks is dropped when the waiting thread is interrupted; one that changes something
     * goes on to its end or deadline there, and the next apply waits for it.
     */
    Result await(String host) throws HostException {
        long start = System.nanoTime();
        Thread.startVirtualThread(this::giveInput);
        CompletableFuture<Void> streams =
                CompletableFuture.allOf(pump(process.getInputStream(), out), pump(process.getErrorStream(), err));
        try {
            streams.get(command.deadline().plus(SLACK).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!command.mutates()) {
                process.destroyForcibly();
            }
            throw new HostException(
                    HostException.Kind.INTERRUPTED,
                    "interrupted while " + command.program() + " was running on " + host,
                    e);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            throw unknown(host, "no answer long after its deadline");
        }
        Thread.startVirtualThread(this::dismiss);
        return result(host, Duration.ofNanos(System.nanoTime() - start));
    }

    private Result result(String host, Duration took) throws HostException {
        synchronized (this) {
            if (watcherFailure != null) {
                throw watcherFailure;
            }
        }
        String code = err.ending();
        if (code == null || out.ending() == null) {
            throw unknown(host, lastLines(err.complaint()));
        }
        if (code.equals(CommandWrapper.LOST)) {
            throw new HostException(
                    HostException.Kind.LOCK_LOST,
                    "the apply lock on " + host + " is no longer ours: another apply has begun, " + command.program()
                            + " was not run");
        }
        int exit = Integer.parseInt(code);
        boolean late = exit == KILLED && took.compareTo(command.deadline()) >= 0;
        return new Result(
                late ? Result.DEADLINE_EXIT : exit, out.body(), err.body(), out.truncated() || err.truncated());
    }

    private HostException unknown(String host, String why) {
        return new HostException(
                HostException.Kind.UNKNOWN_OUTCOME,
                "the connection to " + host + " broke while " + command.program()
                        + " was running; whether it finished is not known" + (why.isEmpty() ? "" : ": " + why));
    }

    /** The last three lines that say something, joined for one sentence. */
    static String lastLines(String text) {
        var lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private void giveInput() {
        try (OutputStream input = process.getOutputStream()) {
            input.write(command.stdin().toArray());
        } catch (IOException e) {
            // The command ended without reading all of it, which is its right; its exit code says how it fared.
        }
    }

    /** Done at the end mark, not at the end of the stream: a daemon left behind by the command may hold that open for ever. */
    private static CompletableFuture<Void> pump(InputStream stream, MarkedStream into) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            byte[] buffer = new byte[64 * 1024];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    into.feed(buffer, n);
                    if (into.ended()) {
                        ended.complete(null);
                    }
                }
            } catch (IOException e) {
                // A broken stream has no end mark, and that is what is looked at.
            } finally {
                ended.complete(null);
            }
        });
        return ended;
    }

    private void dismiss() {
        try {
            if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
