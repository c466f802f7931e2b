package dev.tengil.host;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The constant shell text around every command, the same on this machine and behind ssh. It exists because only something that
 * lives beside the command can keep its promises when we die or the connection breaks: the deadline, the shared {@code ops.lock},
 * and standard input that is either whole or not given at all (a config cut in half must never be moved into place).
 *
 * <p>Both streams begin and end with a line that carries a number drawn for this one command, so that no output can pass for it;
 * a stream without its end was cut.
 */
final class CommandWrapper {

    static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** The environment of everything that runs on a host, as words for env(1). */
    static final List<String> ENVIRONMENT = List.of(PATH, "LC_ALL=C.UTF-8", "HOME=/root");

    /** What stands behind the end mark when another apply holds the lock by now. */
    static final String LOST = "lost";

    /** How long a command that ignores TERM may go on. */
    static final Duration KILL_AFTER = Duration.ofSeconds(5);

    /**
     * {@code $1} the mark, {@code $2} seconds, {@code $3} bytes of standard input, {@code $4} state directory of the held lock or
     * empty, {@code $5} token of the held lock, then argv.
     *
     * <p>Standard input is kept in memory ({@code /dev/shm}) in a file that has no name any more. The lock is held by this shell
     * and not by the command: an orphan keeps it, since the shell waits for it; a daemon that the command leaves behind does not.
     * A shell inside the substitution tells its number before it becomes timeout(1), which leads the command's process group.
     */
    static final String SCRIPT = """
            mark=$1 seconds=$2 bytes=$3 state=$4 token=$5
            shift 5
            finish() {
                printf '%s:end:%s\\n' "$mark" "$1"
                printf '%s:end:%s\\n' "$mark" "$1" >&2
                exit 0
            }
            umask 022
            cd /
            printf '%s:begin\\n' "$mark"
            printf '%s:begin\\n' "$mark" >&2
            if [ "$bytes" -gt 0 ]; then
                input=$(mktemp /dev/shm/tengil.XXXXXXXXXX) || finish 125
                exec 4<>"$input"
                rm -f -- "$input"
                head -c "$bytes" >&4
                [ "$(stat -L -c %s /dev/fd/4)" = "$bytes" ] || exit 1
                exec </dev/fd/4 4>&-
            else
                exec </dev/null
            fi
            if [ -n "$state" ]; then
                exec 9<"$state/ops.lock" || finish lost
                flock --shared --timeout 10 9 || finish lost
                holder=
                { read -r holder && read -r holder; } <"$state/apply.holder"
                [ "$holder" = "$token" ] || finish lost
            fi
            exec 3>&1
            group=$(sh -c 'echo $$; exec "$@" >&3 3>&- 9>&-' tengil timeout -k 5 "$seconds" "$@")
            code=$?
            case $code in
            124 | 137) kill -KILL "-$group" 2>/dev/null ;;
            esac
            finish "$code"
            """;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String mark = random();
    private final Command command;
    private final @Nullable HeldLock lock;

    /**
     * @param lock whose {@code ops.lock} is taken, if the command changes anything and a lock is held
     */
    CommandWrapper(Command command, @Nullable HeldLock lock) {
        this.command = command;
        this.lock = command.mutates() ? lock : null;
    }

    /** 128 random bits as hex. */
    static String random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    String mark() {
        return mark;
    }

    /** What to start on the target, given that the environment is clean already. */
    List<String> argv() {
        double seconds = Math.max(0.001, command.deadline().toMillis() / 1000.0);
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "tengil",
                mark,
                String.format(Locale.ROOT, "%.3f", seconds),
                Integer.toString(command.stdin().size()),
                lock == null ? "" : lock.directory().value(),
                lock == null ? "" : lock.token()));
        words.addAll(command.argv());
        return words;
    }
}
