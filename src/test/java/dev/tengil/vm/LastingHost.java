package dev.tengil.vm;

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

/** A host that many commands of tengil use one after the other: closing it is the test's own affair. */
record LastingHost(Host host) implements Host {

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
        return host.run(command);
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        return host.run(command, eachLine);
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        return host.read(paths);
    }

    @Override
    public void write(FileWrite file) throws HostException {
        host.write(file);
    }

    @Override
    public void remove(HostPath file) throws HostException {
        host.remove(file);
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
        return host.lock(stateDirectory, holder, patience);
    }

    @Override
    public void close() {
        // stays open for the next command
    }
}
