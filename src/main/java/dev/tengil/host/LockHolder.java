package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The process on the target that holds {@code apply.lock} for us. It numbers our heartbeats back and gives up when they stop, so a
 * lock cannot outlive its owner by more than {@link #SILENCE}; if it is killed itself, the kernel frees the lock.
 */
final class LockHolder implements Host.LockAttempt.Held {

    /** Without a heartbeat for this long the holder gives up. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    /** After this long without an answer we no longer count on it: less than {@link #SILENCE}, so that we stop first. */
    private static final Duration DOUBT = Duration.ofSeconds(12);

    private static final Duration BEAT = Duration.ofSeconds(2);

    /** An orphaned command of the apply before gets at least this long to end. */
    private static final Duration ORPHAN_PATIENCE = Duration.ofMinutes(2);

    /**
     * {@code $1} mark of our answers, {@code $2} directory, {@code $3} holder line, {@code $4} token, {@code $5} seconds to wait for
     * the lock, {@code $6} seconds to wait for an orphan, {@code $7} seconds of silence. Heartbeats come on stdin. Bash, because
     * read has no time limit in sh. No child gets the descriptor of {@code apply.lock} for longer than one flock(1) call, which
     * does not wait.
     */
    private static final String SCRIPT = """
            mark=$1 directory=$2 holder=$3 token=$4 patience=$5 orphan=$6 silence=$7
            say() { printf '%s:%s\\n' "$mark" "$1"; }
            refuse() { say "refused $1"; exit 1; }
            unsafe() { say "unsafe $1"; exit 1; }
            guarded() {
                local seen
                seen=$(stat ${3-} -c '%F:%u:%a' -- "$1") || refuse "$1 cannot be examined"
                case $seen in
                directory:*) ;;
                *) unsafe "$1 is not a directory" ;;
                esac
                case $seen in
                "directory:$EUID:"* | "directory:$2:"*) ;;
                *) unsafe "$1 belongs to another user" ;;
                esac
                (((8#${seen##*:} & 8#22) == 0)) || unsafe "$1 can be written by others"
            }
            take() {
                local descriptor=$1 last=$((SECONDS + $2)) status
                until flock --exclusive --nonblock "$descriptor"; do
                    ((SECONDS < last)) || return 1
                    read -r -t 0.2 _
                    status=$?
                    ((status == 0 || status > 128)) || exit 0
                done
            }
            umask 077
            cd /
            why=$(mkdir -p -m 0700 -- "$directory" 2>&1) || refuse "${why#mkdir: }"
            # Whoever may write to the folder above could put another one in its place.
            guarded "${directory%/*}" 0 -L
            guarded "$directory" "$EUID"
            for name in apply.lock ops.lock; do
                [ ! -L "$directory/$name" ] || unsafe "$directory/$name is a symbolic link"
            done
            why=$( (: >>"$directory/apply.lock") 2>&1) && { exec 8>>"$directory/apply.lock"; } 2>/dev/null \\
                || refuse "$directory/apply.lock cannot be written: ${why##*: }"
            if ! take 8 "$patience"; then
                say "busy $(head -n 1 -- "$directory/apply.holder" 8>&- 2>/dev/null)"
                exit 0
            fi
            why=$(exec 8>&- 2>&1
                rm -f -- "$directory/apply.holder.new" \\
                    && (set -C && printf '%s\\n%s\\n' "$holder" "$token" >"$directory/apply.holder.new") \\
                    && mv -fT -- "$directory/apply.holder.new" "$directory/apply.holder") \\
                || refuse "$directory/apply.holder cannot be written: ${why##*: }"
            why=$(exec 8>&-; (: >>"$directory/ops.lock") 2>&1) && { exec 9>>"$directory/ops.lock"; } 2>/dev/null \\
                || refuse "$directory/ops.lock cannot be written: ${why##*: }"
            if ! take 9 "$orphan"; then
                say "busy a command of an earlier apply that is still running"
                exit 0
            fi
            exec 9>&-
            say held
            while read -r -t "$silence" beat; do
                say "beat $beat" || exit 0
            done
            """;

    private final Process process;
    private final HeldLock lock;
    private final ConcurrentMap<Long, Long> sent = new ConcurrentHashMap<>();
    private volatile long lastConfirmed = System.nanoTime();
    private volatile boolean closed;

    private LockHolder(Process process, HeldLock lock) {
        this.process = process;
        this.lock = lock;
    }

    HeldLock lock() {
        return lock;
    }

    /** How a host starts a long-lived process whose environment is clean. */
    interface Starter {
        Process start(List<String> argv) throws HostException;
    }

    /** Starts a holder and waits for what it says. */
    static Host.LockAttempt take(Starter starter, String host, HostPath directory, String holder, Duration patience)
            throws HostException {
        String mark = CommandWrapper.random();
        HeldLock lock = new HeldLock(directory, CommandWrapper.random());
        Duration orphan = patience.compareTo(ORPHAN_PATIENCE) > 0 ? patience : ORPHAN_PATIENCE;
        Process process = starter.start(List.of(
                "/bin/bash",
                "-c",
                SCRIPT,
                "tengil-lock",
                mark,
                directory.value(),
                holder.replaceAll("\\p{Cntrl}", " "),
                lock.token(),
                Long.toString(patience.toSeconds()),
                Long.toString(orphan.toSeconds()),
                Long.toString(SILENCE.toSeconds())));
        LockHolder held = new LockHolder(process, lock);
        Answers answers = new Answers(process, mark, held);
        Thread.startVirtualThread(held::beat);
        try {
            String first = answers.first.get();
            if (first.equals("held")) {
                return held;
            }
            held.close();
            if (first.startsWith("busy")) {
                return new Host.LockAttempt.Busy(
                        first.substring("busy".length()).strip());
            }
            if (first.startsWith("refused ")) {
                throw new HostException(HostException.Kind.FILE, first.substring("refused ".length()) + " on " + host);
            }
            if (first.startsWith("unsafe ")) {
                throw new HostException(
                        HostException.Kind.UNSAFE_FOLDER, first.substring("unsafe ".length()) + " on " + host);
            }
            throw new HostException(
                    HostException.Kind.UNREACHABLE,
                    "the lock could not be taken on " + host + ": " + answers.complaint());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            held.close();
            throw new HostException(HostException.Kind.INTERRUPTED, "interrupted while waiting for the lock", e);
        } catch (java.util.concurrent.ExecutionException e) {
            held.close();
            throw new HostException(HostException.Kind.UNREACHABLE, "the lock could not be taken on " + host, e);
        }
    }

    private void beat() {
        try (OutputStream beats = process.getOutputStream()) {
            for (long number = 1; !closed && process.isAlive(); number++) {
                sent.put(number, System.nanoTime());
                beats.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
                beats.flush();
                Thread.sleep(BEAT);
            }
        } catch (IOException | InterruptedException e) {
            // The holder is gone; alive() says so.
        }
    }

    private void confirmed(String number) {
        Long when = sent.remove(Long.valueOf(number));
        if (when != null) {
            lastConfirmed = when;
        }
    }

    @Override
    public boolean alive() {
        return !closed && process.isAlive() && System.nanoTime() - lastConfirmed < DOUBT.toNanos();
    }

    @Override
    public void close() {
        closed = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SILENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Reads what the holder says; lines without its mark are greetings of a login shell. */
    private static final class Answers {
        private final java.util.concurrent.CompletableFuture<String> first =
                new java.util.concurrent.CompletableFuture<>();
        private final Queue<String> errors = new ConcurrentLinkedQueue<>();

        Answers(Process process, String mark, LockHolder held) {
            Thread.startVirtualThread(() -> {
                try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        errors.add(line);
                    }
                } catch (IOException e) {
                    // Only used to explain a failure.
                }
            });
            Thread.startVirtualThread(() -> {
                try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        if (line.startsWith(mark + ":beat ")) {
                            held.confirmed(line.substring(mark.length() + ":beat ".length()));
                        } else if (line.startsWith(mark + ":")) {
                            held.lastConfirmed = System.nanoTime();
                            first.complete(line.substring(mark.length() + 1));
                        }
                    }
                } catch (IOException e) {
                    // The holder is gone; alive() says so.
                } finally {
                    first.complete("");
                }
            });
        }

        String complaint() {
            String last = WrappedProcess.lastLines(String.join("\n", errors));
            return last.isEmpty() ? "its holder ended without a word" : last;
        }
    }
}
