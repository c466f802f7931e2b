package dev.tengil.host;

import dev.tengil.model.HostPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The machine that tengil itself runs on. */
public final class LocalHost extends WrappedHost {

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Network network() {
        return Network.OURS;
    }

    /** In a session of its own, so that Ctrl-C on our terminal and the death of our process group leave a running command alone. */
    @Override
    Process start(List<String> argv) throws HostException {
        List<String> words = new ArrayList<>(List.of("/usr/bin/setsid", "--wait", "/usr/bin/env", "-i"));
        words.addAll(CommandWrapper.ENVIRONMENT);
        words.addAll(argv);
        try {
            return new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new HostException(
                    HostException.Kind.UNREACHABLE, "no process can be started on this machine: " + e.getMessage(), e);
        }
    }

    @Override
    @Nullable
    String tooLong(List<String> argv) {
        return argv.stream().allMatch(arg -> arg.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ARGUMENT)
                ? null
                : "an argument is longer than the " + LONGEST_ARGUMENT + " bytes that Linux allows";
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) throws HostException {
        return LocalFiles.read(paths);
    }

    @Override
    public void close() {
        // Nothing is kept between calls.
    }
}
