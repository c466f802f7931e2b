package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.guest.Upid;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.List;

/** The endpoints of worker tasks. */
final class TaskRoutes {

    private static final String TASKS = "/nodes/{node}/tasks";

    private TaskRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(
                        Verb.GET,
                        TASKS,
                        TaskRoutes::list,
                        Property.optional("source", Type.oneOf("archive", "active", "all")),
                        Property.optional("limit", Type.integer(0)),
                        Property.optional("start", Type.integer(0)),
                        Property.optional("since", new Type.Int(null, null)),
                        Property.optional("errors", new Type.Bool()),
                        Property.optional("typefilter", new Type.Text(0)),
                        Property.optional("until", new Type.Int(null, null)),
                        Property.optional("userfilter", new Type.Text(0)),
                        Property.optional("statusfilter", new Type.ListOf(Format.TASK_STATUS)),
                        Property.optional("vmid", Type.of(Format.VMID))),
                Route.of(Verb.GET, TASKS + "/{upid}/status", TaskRoutes::status),
                Route.of(
                        Verb.GET,
                        TASKS + "/{upid}/log",
                        TaskRoutes::log,
                        Property.optional("download", new Type.Bool()),
                        Property.optional("start", Type.integer(0)),
                        Property.optional("limit", Type.integer(0))));
    }

    private static Answer list(Request request) {
        int limit = Integer.parseInt(request.option("limit", "50"));
        JsonArray out = new JsonArray();
        request.pve().tasks().all().stream()
                .filter(task -> isWanted(request, task))
                .skip(Integer.parseInt(request.option("start", "0")))
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .forEach(task -> {
                    JsonObject item = object(task);
                    item.addProperty("endtime", task.end());
                    item.addProperty("status", task.exitStatus());
                    out.add(item);
                });
        return new Answer.Data(out);
    }

    /** Every task has ended when somebody can look: none is active. */
    private static boolean isWanted(Request request, Tasks.Task task) {
        Upid upid = task.upid();
        List<String> kinds = Format.split(request.option("statusfilter", ""));
        return !request.option("source", "archive").equals("active")
                && request.option("vmid", upid.id()).equals(upid.id())
                && request.option("typefilter", upid.type()).equals(upid.type())
                && upid.user().contains(request.option("userfilter", ""))
                && upid.starttime() >= Long.parseLong(request.option("since", "0"))
                && upid.starttime() <= Long.parseLong(request.option("until", Long.toString(Long.MAX_VALUE)))
                && (!request.isOn("errors") || task.error() != null)
                && (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.equalsIgnoreCase(kind(task))));
    }

    private static String kind(Tasks.Task task) {
        return task.error() != null ? "error" : task.warnings() > 0 ? "warning" : "ok";
    }

    private static Tasks.Task task(Request request) {
        String upid = request.path().getOrDefault("upid", "");
        Tasks.Task task = request.pve().tasks().find(upid);
        if (Upid.parse(upid) == null || task == null) {
            throw PveFailure.parameter(
                    "upid", Upid.parse(upid) == null ? "unable to parse worker upid" : "no such task");
        }
        return task;
    }

    private static JsonObject object(Tasks.Task task) {
        JsonObject out = new JsonObject();
        Upid upid = task.upid();
        out.addProperty("upid", upid.toString());
        out.addProperty("node", upid.node());
        out.addProperty("pid", upid.pid());
        out.addProperty("pstart", upid.pstart());
        out.addProperty("starttime", upid.starttime());
        out.addProperty("type", upid.type());
        out.addProperty("id", upid.id());
        out.addProperty("user", upid.user());
        return out;
    }

    private static Answer status(Request request) {
        Tasks.Task task = task(request);
        JsonObject out = object(task);
        out.addProperty("status", "stopped");
        out.addProperty("exitstatus", task.exitStatus());
        return new Answer.Data(out);
    }

    private static Answer log(Request request) {
        List<String> lines = task(request).file();
        int start = Integer.parseInt(request.option("start", "0"));
        int limit = Integer.parseInt(request.option("limit", "50"));
        int end = limit == 0 ? lines.size() : Math.min(lines.size(), start + limit);
        JsonArray out = new JsonArray();
        for (int i = start; i < end; i++) {
            JsonObject line = new JsonObject();
            line.addProperty("n", i + 1);
            line.addProperty("t", lines.get(i));
            out.add(line);
        }
        return new Answer.Data(out);
    }
}
