package dev.tengil.host.sim;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.WholeFile;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A world in a folder: {@code world.yml} describes how it began, {@code state.json} what it was when last written whole, and
 * {@code journal.jsonl} has a line per command since. A line is written in one go, so a killed process leaves a command done or not done.
 * Several processes may use it at once.
 */
final class FolderStore implements WorldStore {

    /** Below this a journal is read in no time. */
    private static final long SHORT_JOURNAL = 128 << 10;

    private static final long PAUSE_NANOS = 200_000;

    private final Path folder;
    private FileChannel guard;
    private FileChannel journal;
    private World world = new World();
    private long read;
    private String base = "";

    /** The {@code state.json} that this world was read from or written to; another one there means that it was written anew. */
    private List<Object> whole = List.of();

    private FolderStore(Path folder) throws IOException {
        this.folder = folder;
        this.guard = channel(".lock");
        this.journal = channel("journal.jsonl");
    }

    private FileChannel channel(String file) throws IOException {
        Path path = folder.resolve(file);
        WholeFile.refuseWhatIsNoFile(path);
        return FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                WholeFile.PRIVATE);
    }

    /** Opens the folder, making a new world there if it holds none; or says what is wrong with it. */
    static Parsed<WorldStore> open(Path folder) {
        try {
            Files.createDirectories(folder, WholeFile.PRIVATE_DIRECTORY);
            FolderStore store = new FolderStore(folder);
            try (FileLock _ = store.alone()) {
                Parsed<String> problem = store.begin();
                if (problem instanceof Parsed.Bad<String>(String reason)) {
                    return Parsed.bad(reason);
                }
            }
            return Parsed.ok(store);
        } catch (IOException | UncheckedIOException e) {
            return Parsed.bad("the simulated host in " + folder + " cannot be opened: "
                    + (e instanceof IOException io ? WholeFile.why(io) : e.getMessage()));
        } catch (JsonParseException | IllegalStateException e) {
            return Parsed.bad("the simulated host in " + folder + " is damaged");
        }
    }

    private Parsed<String> begin() throws IOException {
        Path description = folder.resolve("world.yml");
        if (!Files.exists(state())) {
            String yaml = Files.exists(description) ? Files.readString(description) : "";
            switch (WorldDescription.build(yaml)) {
                case Parsed.Bad<World>(String reason) -> {
                    return Parsed.bad(description + ": " + reason);
                }
                case Parsed.Ok<World>(World built) -> world = built;
            }
            if (!Files.exists(description)) {
                WholeFile.write(
                        description,
                        "# A usual node: Proxmox VE 9.2 with the pools rpool and tank. See docs/simulated-host.md\n",
                        WholeFile.PRIVATE);
            }
            writeWhole();
        } else {
            readWhole();
        }
        return Parsed.ok("");
    }

    private void readWhole() throws IOException {
        world = new World();
        JsonObject all = JsonParser.parseString(Files.readString(state())).getAsJsonObject();
        base = all.get("base").getAsString();
        accept(all.getAsJsonObject("tables"));
        whole = identity();
        read = 0;
        catchUp();
    }

    private void accept(JsonObject tables) {
        for (Map.Entry<String, JsonElement> entry : tables.entrySet()) {
            Table<?> table = world.stored(entry.getKey());
            entry.getValue()
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(row -> table.accept(
                            row.getKey(),
                            row.getValue().isJsonNull() ? null : row.getValue().getAsString()));
        }
        world.disk().remounted();
    }

    /** Reads what other processes did. */
    private void catchUp() throws IOException {
        long size = journal.size();
        if (size > read) {
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - read));
            while (bytes.hasRemaining() && journal.read(bytes, read + bytes.position()) >= 0) {
                // until all is there
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, end).split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
                    if (entry.get("base").getAsString().equals(base)) {
                        accept(entry.getAsJsonObject("tables"));
                    }
                }
            }
            read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            if (end < text.length()) {
                journal.truncate(read);
            }
        }
    }

    private Path state() {
        return folder.resolve("state.json");
    }

    private List<Object> identity() throws IOException {
        BasicFileAttributes now = Files.readAttributes(state(), BasicFileAttributes.class);
        return List.of(String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
    }

    /** The world to ourselves, also against another host on the same folder within this process, which Java refuses to queue. */
    private FileLock alone() throws IOException {
        while (true) {
            try {
                return guard.lock();
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public synchronized <T> T transact(Function<World, T> command) {
        // An interrupted thread would find its channels closed, and a command is as short as a system call.
        boolean interrupted = Thread.interrupted();
        try {
            if (!guard.isOpen() || !journal.isOpen()) {
                guard.close();
                journal.close();
                guard = channel(".lock");
                journal = channel("journal.jsonl");
            }
            try (FileLock _ = alone()) {
                return done(command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated host in " + folder + " cannot be used", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T done(Function<World, T> command) throws IOException {
        if (whole.equals(identity())) {
            catchUp();
        } else {
            readWhole();
        }
        boolean kept = false;
        try {
            T result = command.apply(world);
            if (world.isChanged()) {
                keep();
            }
            kept = true;
            return result;
        } finally {
            if (!kept) {
                // Half of a command must not travel with the next one.
                readWhole();
            }
        }
    }

    private void keep() throws IOException {
        JsonObject tables = new JsonObject();
        for (Table<?> table : world.stored()) {
            JsonObject rows = new JsonObject();
            table.takeChanges().forEach(rows::addProperty);
            if (!rows.isEmpty()) {
                tables.add(table.name(), rows);
            }
        }
        JsonObject line = new JsonObject();
        line.addProperty("base", base);
        line.add("tables", tables);
        byte[] bytes = (new com.google.gson.GsonBuilder()
                                .serializeNulls()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(line) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        journal.write(ByteBuffer.wrap(bytes), read);
        read += bytes.length;
        // Twice the whole: reading stays in proportion to the world, and writing to what is changed.
        if (read > Math.max(SHORT_JOURNAL, 2 * Files.size(state()))) {
            writeWhole();
        }
    }

    /** Writes the whole world by rename; lines of the journal that belong to an older whole are then passed over. */
    private void writeWhole() throws IOException {
        JsonObject tables = new JsonObject();
        for (Table<?> table : world.stored()) {
            table.takeChanges();
            JsonObject rows = new JsonObject();
            table.dump().forEach(rows::addProperty);
            tables.add(table.name(), rows);
        }
        base = Long.toString(base.isEmpty() ? 1 : Long.parseLong(base) + 1);
        JsonObject all = new JsonObject();
        all.addProperty("base", base);
        all.add("tables", tables);
        WholeFile.write(state(), all.toString(), WholeFile.PRIVATE);
        whole = identity();
        journal.truncate(0);
        read = 0;
    }

    @Override
    public @Nullable AutoCloseable tryLock(String name) {
        try {
            FileChannel channel = channel(".lock-" + name.replace('/', '_'));
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // another thread of this process has it
            }
            channel.close();
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
