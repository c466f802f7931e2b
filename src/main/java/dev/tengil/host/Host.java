package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * A machine on which tengil looks and acts. All methods may be called from several threads at once.
 *
 * <p>{@link #run} with {@code mutates} set, {@link #write} and {@link #remove} hold the shared {@code ops.lock} of law 7 while
 * they work, so that an orphan of a killed apply cannot run into the next one.
 */
public interface Host extends AutoCloseable {

    /** What a person calls it: {@code local}, {@code sim:./w2}, {@code ssh://root@pve}. */
    String name();

    /** From where its programs see the network. */
    enum Network {
        /** From this machine: what answers us answers them, also at the loopback address. */
        OURS,
        /** From another machine: what answers us nearly always answers them, but the loopback address is another. */
        ANOTHER,
        /** They see a world of their own. */
        OWN_WORLD
    }

    /** From where its programs see the network. */
    default Network network() {
        return Network.ANOTHER;
    }

    /** Runs the command to its end or deadline. Environment: only {@code PATH}, {@code LC_ALL=C.UTF-8} and {@code HOME=/root}. */
    Result run(Command command) throws HostException;

    /** As {@link #run(Command)}, giving each line of output as it comes; the result still holds all of it. */
    Result run(Command command, Consumer<String> eachLine) throws HostException;

    /**
     * Reads files in one breath: at most one process start whatever their number. A directory stands for the regular files
     * directly in it. What does not exist is absent from the answer; what exists and cannot be read is an error.
     */
    SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException;

    /** Puts a whole file in place, see {@link FileWrite}. */
    void write(FileWrite file) throws HostException;

    /** Removes one file; one that is not there is fine. A directory is refused. */
    void remove(HostPath file) throws HostException;

    /**
     * Takes the apply lock in this directory (made 0700 if missing), waiting at most this long. A command that an earlier apply left
     * running is then waited for, two minutes at least. While the lock is held, {@link HostException.Kind#LOCK_LOST} refuses every
     * change once the lock is no longer ours.
     *
     * @param stateDirectory for example {@code /var/lib/tengil/main}
     * @param holder one line saying who: user, machine, program, time; shown to whoever finds the lock taken
     */
    LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException;

    /** What came of trying to lock. */
    sealed interface LockAttempt {
        /** Ours until closed; gives up by itself when this process dies or the connection breaks. */
        non-sealed interface Held extends LockAttempt, AutoCloseable {
            @Override
            void close();

            /** Whether the holder on the target still lives; false means: stop acting at once. */
            boolean alive();
        }

        /** Another apply has it. */
        record Busy(String holder) implements LockAttempt {}
    }

    @Override
    void close();
}
