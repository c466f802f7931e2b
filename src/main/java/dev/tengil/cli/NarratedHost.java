package dev.tengil.cli;

import dev.tengil.cli.view.Visible;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.ImagePull;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.plan.OperationText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.Consumer;

/** A host of which every look is said as it is taken, for {@code -v}; what changes it is said by the apply that does it. */
record NarratedHost(Host host, PrintStream err) implements Host {

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
        say(command);
        return host.run(command);
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) throws HostException {
        say(command);
        return host.run(command, eachLine);
    }

    private void say(Command command) {
        if (!command.mutates()) {
            err.println("  $ " + Visible.lines(OperationText.command(ImagePull.plain(command))));
        }
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        err.println(
                "  $ # reads " + paths.size() + " files, " + paths.iterator().next() + " first");
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
        host.close();
    }
}
