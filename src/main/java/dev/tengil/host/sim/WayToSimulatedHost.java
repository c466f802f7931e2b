package dev.tengil.host.sim;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The connection to a simulated host, which its faults can cut: what is under way then reaches its end there, and nobody hears of it.
 * From then on the host cannot be reached, and the lock, which hangs on the connection, is free.
 */
public final class WayToSimulatedHost implements Host {

    private final SimulatedHost host;

    public WayToSimulatedHost(SimulatedHost host) {
        this.host = host;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Network network() {
        return host.network();
    }

    @Override
    public Result run(Command command) throws HostException {
        return run(command, line -> {});
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        refuseWhenCut();
        Result result = host.run(command, eachLine);
        heard(command.program());
        return result;
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        refuseWhenCut();
        return host.read(paths);
    }

    @Override
    public void write(FileWrite file) throws HostException {
        refuseWhenCut();
        host.write(file);
        heard("the writing of " + file.path());
    }

    @Override
    public void remove(HostPath file) throws HostException {
        refuseWhenCut();
        host.remove(file);
        heard("the removal of " + file);
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
        refuseWhenCut();
        return switch (host.lock(stateDirectory, holder, patience)) {
            case LockAttempt.Held held -> new HeldFromAfar(held);
            case LockAttempt.Busy busy -> busy;
        };
    }

    private final class HeldFromAfar implements LockAttempt.Held {

        private final LockAttempt.Held held;

        HeldFromAfar(LockAttempt.Held held) {
            this.held = held;
        }

        @Override
        public boolean alive() {
            return !host.isCut() && held.alive();
        }

        @Override
        public void close() {
            held.close();
        }
    }

    private void refuseWhenCut() throws HostException {
        if (host.isCut()) {
            throw new HostException(HostException.Kind.UNREACHABLE, name() + " cannot be reached");
        }
    }

    private void heard(String what) throws HostException {
        if (host.isCut()) {
            throw new HostException(
                    HostException.Kind.UNKNOWN_OUTCOME,
                    "the connection to " + name() + " broke while " + what
                            + " was running; whether it finished is not known");
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
