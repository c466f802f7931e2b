package dev.tengil.resource.facts;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A host with the network of this machine, or of another one, that answers as a test says and keeps what it was asked. */
final class ScriptedHost implements Host {

    interface Answers {
        Result to(Command command) throws HostException;
    }

    private final Network network;
    private final Answers answers;
    final List<String> asked = new ArrayList<>();

    ScriptedHost(Network network, Answers answers) {
        this.network = network;
        this.answers = answers;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public synchronized Result run(Command command) throws HostException {
        asked.add(String.join(" ", command.argv()));
        return answers.to(command);
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        return run(command);
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) {
        return new TreeMap<>();
    }

    @Override
    public void write(FileWrite file) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void remove(HostPath file) {
        throw new UnsupportedOperationException("nothing is removed here");
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) {
        throw new UnsupportedOperationException("nothing is locked here");
    }

    @Override
    public void close() {
        // nothing is held
    }
}
