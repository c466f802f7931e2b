package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this machine and a machine behind ssh have in common: everything but how a process is started there. */
abstract sealed class WrappedHost implements Host permits LocalHost, SshHost {

    /** The kernel's bound on one argument, its closing NUL included (MAX_ARG_STRLEN). */
    static final int LONGEST_ARGUMENT = 128 * 1024 - 1;

    private static final int CANNOT_RUN = 126;

    private volatile @Nullable LockHolder held;

    /** Starts this there, with a clean environment, standard streams as pipes, apart from our process group. */
    abstract Process start(List<String> argv) throws HostException;

    /** A sentence if this cannot be started there because it is too long; null if it can. */
    abstract @Nullable String tooLong(List<String> argv);

    @Override
    public Result run(Command command) throws HostException {
        return run(command, line -> {});
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        LockHolder holder = held;
        if (command.mutates() && holder != null && !holder.alive()) {
            throw new HostException(
                    HostException.Kind.LOCK_LOST,
                    "the apply lock on " + name() + " is lost; " + command.program() + " was not run");
        }
        CommandWrapper wrapper = new CommandWrapper(command, holder == null ? null : holder.lock());
        String problem = tooLong(wrapper.argv());
        if (problem == null) {
            problem = unspeakable(command.argv());
        }
        if (problem != null) {
            return Result.of(CANNOT_RUN, "", "tengil: " + command.program() + " was not run: " + problem + "\n");
        }
        return new WrappedProcess(command, wrapper, start(wrapper.argv()), eachLine).await(name());
    }

    /** The JVM turns what its locale lacks into question marks; a wrong path is worse than an error. */
    private static @Nullable String unspeakable(List<String> argv) {
        if (StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""))) {
            return null;
        }
        return argv.stream()
                        .allMatch(arg -> StandardCharsets.US_ASCII.newEncoder().canEncode(arg))
                ? null
                : "this process runs in a locale without UTF-8; set LC_ALL=C.UTF-8";
    }

    @Override
    public void write(FileWrite file) throws HostException {
        finish(run(FileScripts.write(file)));
    }

    @Override
    public void remove(HostPath file) throws HostException {
        finish(run(FileScripts.remove(file)));
    }

    /** The scripts say path and reason as their last line. */
    static Result finish(Result result) throws HostException {
        if (result.exit() != 0) {
            String why = WrappedProcess.lastLines(result.err());
            throw new HostException(
                    HostException.Kind.FILE, why.isEmpty() ? "file access ended with exit code " + result.exit() : why);
        }
        return result;
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
        LockAttempt attempt = LockHolder.take(this::start, name(), stateDirectory, holder, patience);
        if (!(attempt instanceof LockHolder taken)) {
            return attempt;
        }
        held = taken;
        return new Current(taken);
    }

    /** The lock as its taker sees it; once closed, commands of this host need no lock any more. */
    private final class Current implements LockAttempt.Held {
        private final LockHolder holder;

        Current(LockHolder holder) {
            this.holder = holder;
        }

        @Override
        public boolean alive() {
            return holder.alive();
        }

        @Override
        public void close() {
            holder.close();
            if (held == holder) {
                held = null;
            }
        }
    }
}
