package dev.tengil.host.sim.pve.guest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Worker tasks: each is run to its end in the foreground, and remembered under its UPID. */
public final class Tasks {

    private static final String TABLE = "tasks";
    private final World world;

    Tasks(World world) {
        this.world = world;
    }

    /** Where a worker writes what it does. */
    public static final class Log {
        private final List<String> lines = new ArrayList<>();
        private int warnings;

        /** A line. */
        public void line(String text) {
            lines.add(text);
        }

        /** Something that does not stop the task but marks it. */
        public void warning(String text) {
            lines.add("WARN: " + text);
            warnings++;
        }
    }

    /**
     * A finished task.
     *
     * @param log what it printed
     * @param error why it failed, null when it did not
     * @param warnings how many warnings it gave
     */
    public record Task(
            Upid upid, List<String> log, @Nullable String error, int warnings, long end) {

        /** As {@code exitstatus} has it. */
        public String exitStatus() {
            String failed = error;
            if (failed != null) {
                return failed.replace('\n', ' ');
            }
            return warnings > 0 ? "WARNINGS: " + warnings : "OK";
        }

        /** The whole log file. */
        public List<String> file() {
            List<String> file = new ArrayList<>(log);
            String failed = error;
            if (failed != null) {
                file.add("TASK ERROR: " + failed.replace('\n', ' '));
            } else {
                file.add("TASK " + exitStatus());
            }
            return file;
        }
    }

    /** Runs a worker; what it dies of is the task's error. */
    public Task run(String type, String id, Consumer<Log> work) {
        long number = world.next("task");
        Upid upid = new Upid(
                world.node(),
                1000 + number * 18,
                0xC000 + number * 731,
                world.now().getEpochSecond(),
                type,
                id,
                "root@pam");
        Log log = new Log();
        String error = null;
        try {
            work.accept(log);
        } catch (PveFailure failure) {
            error = failure.text();
        }
        Task task = new Task(
                upid, List.copyOf(log.lines), error, log.warnings, world.now().getEpochSecond());
        world.texts(TABLE).put(upid.toString(), encode(task));
        return task;
    }

    /** The task of this UPID, null for none. */
    public @Nullable Task find(String upid) {
        String text = world.texts(TABLE).get(upid);
        return text == null ? null : decode(upid, text);
    }

    /** All tasks, newest first. */
    public List<Task> all() {
        List<Task> tasks = new ArrayList<>();
        world.texts(TABLE).rows().forEach((upid, text) -> tasks.add(decode(upid, text)));
        tasks.sort(java.util.Comparator.comparingLong((Task task) -> task.upid().pstart())
                .reversed());
        return tasks;
    }

    private static String encode(Task task) {
        JsonObject json = new JsonObject();
        JsonArray log = new JsonArray();
        task.log().forEach(log::add);
        json.add("log", log);
        json.addProperty("error", task.error());
        json.addProperty("warnings", task.warnings());
        json.addProperty("end", task.end());
        return json.toString();
    }

    private static Task decode(String name, String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        Upid upid = Upid.parse(name);
        if (upid == null) {
            throw new IllegalStateException("the task table holds " + name);
        }
        List<String> log = new ArrayList<>();
        json.getAsJsonArray("log").forEach(line -> log.add(line.getAsString()));
        return new Task(
                upid,
                log,
                json.has("error") && !json.get("error").isJsonNull()
                        ? json.get("error").getAsString()
                        : null,
                json.get("warnings").getAsInt(),
                json.get("end").getAsLong());
    }
}
