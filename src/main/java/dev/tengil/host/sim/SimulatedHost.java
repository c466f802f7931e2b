package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A machine that is not there: the port's product for trying tengil out, and its double in tests. */
public final class SimulatedHost implements Host {

    private static final Duration LOCK_POLL = Duration.ofMillis(100);

    private final String name;
    private final WorldStore store;
    private final Faults faults;
    private final Programs programs = new Programs();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger mutations = new AtomicInteger();
    private final List<String> log = new ArrayList<>();
    private volatile boolean cut;

    private SimulatedHost(String name, WorldStore store, Faults faults) {
        this.name = name;
        this.store = store;
        this.faults = faults;
    }

    /** One that lives in memory, from a description. */
    public static Parsed<SimulatedHost> inMemory(String worldYaml, Faults faults) {
        return WorldDescription.build(worldYaml).map(world -> new SimulatedHost("sim", new MemoryStore(world), faults));
    }

    /** One that lives in a folder; made there when the folder holds none. */
    public static Parsed<SimulatedHost> in(Path folder, String name, Faults faults) {
        return FolderStore.open(folder).map(store -> new SimulatedHost(name, store, faults));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Network network() {
        return Network.OWN_WORLD;
    }

    /** Whether a fault has cut the way to it; see {@link WayToSimulatedHost}. */
    boolean isCut() {
        return cut;
    }

    /** Process starts so far, reads counted as one each. */
    public int starts() {
        return starts.get();
    }

    /** Commands and writes so far that could change something. */
    public int mutations() {
        return mutations.get();
    }

    /** All command lines so far, for tests. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** Looks at the world directly, for tests and for showing it. */
    public <T> T look(java.util.function.Function<World, T> look) {
        return store.transact(look);
    }

    @Override
    public Result run(Command command) {
        return run(command, line -> {});
    }

    @Override
    public Result run(Command command, Consumer<String> eachLine) {
        starts.incrementAndGet();
        String line = String.join(" ", command.argv());
        synchronized (this) {
            log.add(line);
        }
        if (command.mutates()) {
            mutations.incrementAndGet();
        }
        Faults.Rule fault = faults.strikes(line, command.mutates());
        if (fault != null) {
            switch (fault.action()) {
                case FAIL -> {
                    before(fault);
                    return Result.of(fault.exit(), "", fault.stderr() + "\n");
                }
                case FAIL_AFTER -> {
                    Result done = perform(command, eachLine);
                    return Result.of(fault.exit(), done.out(), done.err() + fault.stderr() + "\n");
                }
                case HANG -> {
                    return Result.of(Result.DEADLINE_EXIT, "", "");
                }
                case FULL -> {
                    return Result.of(1, "", command.program() + ": No space left on device\n");
                }
                case LOCK -> {
                    return Result.of(255, "", Faults.lockTimeout(command.argv()));
                }
                case SLOW -> Faults.wait(fault);
                case WAIT -> faults.waitForSomebody();
                case MEANWHILE -> before(fault);
                case DIE_BEFORE -> faults.die();
                case DIE_AFTER -> {
                    perform(command, eachLine);
                    faults.die();
                }
                case CUT -> {
                    cut = true;
                    return perform(command, eachLine);
                }
            }
        }
        return perform(command, eachLine);
    }

    private void before(Faults.Rule fault) {
        if (!fault.run().isEmpty()) {
            perform(Command.changes(fault.run().toArray(String[]::new)), said -> {});
        }
    }

    private Result perform(Command command, Consumer<String> eachLine) {
        return store.transact(world -> {
            Call call = new Call(world, command.argv(), command.stdin(), eachLine);
            int exit = programs.run(call);
            if (command.mutates()) {
                world.tick();
            }
            return Result.of(exit, call.outText(), call.errText());
        });
    }

    @Override
    public SortedMap<HostPath, HostFile> read(Collection<HostPath> paths) {
        starts.incrementAndGet();
        return store.transact(world -> {
            SortedMap<HostPath, HostFile> files = new TreeMap<>();
            for (HostPath path : paths) {
                Inode inode = world.disk().follow(path.value());
                if (inode != null && inode.kind() == Inode.Kind.FILE) {
                    files.put(path, file(inode));
                } else if (inode != null && inode.kind() == Inode.Kind.DIRECTORY) {
                    for (String child : world.disk().list(path.value())) {
                        HostPath below = path.resolve(child);
                        Inode found = world.disk().follow(below.value());
                        if (found != null && found.kind() == Inode.Kind.FILE) {
                            files.put(below, file(found));
                        }
                    }
                }
            }
            return files;
        });
    }

    private static HostFile file(Inode inode) {
        return new HostFile(inode.content(), inode.mode(), inode.uid(), inode.gid());
    }

    @Override
    public void write(FileWrite file) throws HostException {
        Faults.Rule fault = changes("write " + file.path());
        String problem = store.transact(world -> {
            if (world.disk().follow(file.path().parent().value()) == null) {
                return file.path().parent() + " does not exist";
            }
            String refusal = world.disk().refusal(file.path().value());
            if (refusal != null) {
                return refusal;
            }
            world.disk()
                    .put(
                            file.path().value(),
                            Inode.file(
                                    file.content(),
                                    file.mode(),
                                    0,
                                    0,
                                    world.now().getEpochSecond()));
            world.tick();
            return "";
        });
        if (!problem.isEmpty()) {
            throw new HostException(HostException.Kind.FILE, file.path() + " cannot be written: " + problem);
        }
        endIf(fault);
    }

    @Override
    public void remove(HostPath file) throws HostException {
        Faults.Rule fault = changes("remove " + file);
        boolean directory = store.transact(world -> {
            Inode inode = world.disk().get(file.value());
            if (inode != null && inode.kind() == Inode.Kind.DIRECTORY) {
                return true;
            }
            if (inode != null) {
                world.disk().remove(file.value());
            }
            world.tick();
            return false;
        });
        if (directory) {
            throw new HostException(HostException.Kind.FILE, file + " cannot be removed: Is a directory");
        }
        endIf(fault);
    }

    private void endIf(Faults.@Nullable Rule fault) {
        if (fault != null && fault.action() == Faults.Action.DIE_AFTER) {
            faults.die();
        }
        if (fault != null && fault.action() == Faults.Action.CUT) {
            cut = true;
        }
    }

    /** Counts it; gives the fault that is to strike after it. */
    private Faults.@Nullable Rule changes(String line) throws HostException {
        starts.incrementAndGet();
        mutations.incrementAndGet();
        synchronized (this) {
            log.add(line);
        }
        Faults.Rule fault = faults.strikes(line, true);
        if (fault != null) {
            switch (fault.action()) {
                case DIE_BEFORE -> faults.die();
                case DIE_AFTER, CUT -> {
                    // after it was done
                }
                case SLOW -> Faults.wait(fault);
                case WAIT -> faults.waitForSomebody();
                case MEANWHILE -> before(fault);
                case FAIL, FAIL_AFTER, FULL, LOCK, HANG ->
                    throw new HostException(
                            HostException.Kind.FILE,
                            line.substring(line.indexOf(' ') + 1)
                                    + (line.startsWith("write ") ? " cannot be written: " : " cannot be removed: ")
                                    + (fault.action() == Faults.Action.FULL
                                            ? "No space left on device"
                                            : fault.stderr()));
            }
        }
        return fault;
    }

    @Override
    public LockAttempt lock(HostPath stateDirectory, String holder, Duration patience) throws HostException {
        HostPath note = stateDirectory.resolve("apply.holder");
        long polls = Math.max(0, patience.toMillis() / LOCK_POLL.toMillis());
        for (long i = 0; ; i++) {
            AutoCloseable lock = store.tryLock(stateDirectory.value());
            if (lock != null) {
                String unsafe = store.transact(world -> unsafe(world, stateDirectory.value()));
                if (unsafe != null) {
                    new Held(lock).close();
                    throw new HostException(
                            HostException.Kind.UNSAFE_FOLDER, stateDirectory + " " + unsafe + " on " + name());
                }
                store.transact(world -> {
                    world.disk().mkdirs(stateDirectory.value(), 0700);
                    world.disk().put(note.value(), Inode.file(Bytes.utf8(holder + "\n"), 0600, 0, 0, 0));
                    return true;
                });
                return new Held(lock);
            }
            if (i >= polls) {
                HostFile who = read(List.of(note)).get(note);
                return new LockAttempt.Busy(
                        who == null ? "unknown" : who.content().text().strip());
            }
            try {
                Thread.sleep(LOCK_POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HostException(HostException.Kind.INTERRUPTED, "interrupted while waiting for the lock", e);
            }
        }
    }

    private static @Nullable String unsafe(World world, String directory) {
        Inode there = world.disk().get(directory);
        if (there == null) {
            return null;
        }
        if (there.kind() != Inode.Kind.DIRECTORY) {
            return "is not a directory";
        }
        if (there.uid() != 0) {
            return "belongs to another user";
        }
        return (there.mode() & 022) == 0 ? null : "can be written by others";
    }

    private record Held(AutoCloseable lock) implements LockAttempt.Held {
        @Override
        public void close() {
            try {
                lock.close();
            } catch (Exception e) {
                throw new IllegalStateException("a lock that is held can be set free", e);
            }
        }

        @Override
        public boolean alive() {
            return true;
        }
    }

    @Override
    public void close() {
        // every command keeps its changes at once
    }
}
