package dev.tengil.state;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import java.util.List;
import java.util.Map;

/** Reads and writes one stack's state on its host. */
public final class StateStore {

    private static final int PRIVATE = 0600;

    private final Host host;
    private final StateFiles files;
    private final String stack;

    public StateStore(Host host, String stack) {
        this.host = host;
        this.stack = stack;
        this.files = StateFiles.of(stack);
    }

    /** What loading found. */
    public sealed interface Loaded {
        /** No state file; the first apply will make one. */
        record Missing() implements Loaded {}

        /** The state, with what an interrupted apply had done since. */
        record Found(Applied applied) implements Loaded {}

        /**
         * A file that must not be overwritten.
         *
         * @param reason the second half of a sentence
         * @param newer whether nothing is wrong with it but that a newer tengil wrote it
         */
        record Unreadable(HostPath file, String reason, boolean newer) implements Loaded {}
    }

    public String stack() {
        return stack;
    }

    public StateFiles files() {
        return files;
    }

    /** Loads state and journal in one read. */
    public Loaded load() throws HostException {
        return interpret(host.read(List.of(files.state(), files.journal())));
    }

    /** What these files, read before, say. */
    public Loaded interpret(Map<HostPath, HostFile> read) {
        HostFile state = read.get(files.state());
        HostFile journal = read.get(files.journal());
        if (state == null) {
            return journal == null
                    ? new Loaded.Missing()
                    : new Loaded.Unreadable(files.state(), "it is gone, while its journal is still there", false);
        }
        Applied saved;
        switch (StateCodec.read(state.content().text(), stack)) {
            case Parsed.Ok<Applied> ok -> saved = ok.value();
            case Parsed.Bad<Applied> bad -> {
                return new Loaded.Unreadable(
                        files.state(),
                        bad.reason(),
                        StateCodec.isNewer(state.content().text()));
            }
        }
        if (journal == null) {
            return new Loaded.Found(saved);
        }
        return switch (Journal.replay(saved, journal.content().text())) {
            case Parsed.Ok<Applied> ok -> new Loaded.Found(ok.value());
            case Parsed.Bad<Applied> bad -> new Loaded.Unreadable(files.journal(), bad.reason(), false);
        };
    }

    /** Saves: first the state by rename, then the journal goes, so that any interruption between leaves both readable. */
    public void save(Applied applied) throws HostException {
        host.write(new FileWrite(files.state(), Bytes.utf8(StateCodec.write(applied)), PRIVATE));
        host.remove(files.journal());
    }

    /** The text that {@link #save} writes, for rescuing it elsewhere when the host's disk refuses. */
    public static String text(Applied applied) {
        return StateCodec.write(applied);
    }

    /** Starts the journal with these lines; the state must have been saved before. */
    public void begin(String lines) throws HostException {
        host.write(new FileWrite(files.journal(), Bytes.utf8(lines), PRIVATE));
    }

    /** Appends lines to the journal and forces them to disk. */
    public void append(String lines) throws HostException {
        Result result = host.run(Command.changes(
                        "dd", "of=" + files.journal(), "oflag=append,nofollow", "conv=notrunc,fsync", "status=none")
                .withStdin(Bytes.utf8(lines)));
        if (result.exit() != 0) {
            throw new HostException(
                    HostException.Kind.FILE,
                    files.journal() + " cannot be written: "
                            + (result.exit() == Result.DEADLINE_EXIT
                                    ? "it took too long"
                                    : result.err().strip()));
        }
    }
}
