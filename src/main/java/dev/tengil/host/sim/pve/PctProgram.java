package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code pct}: containers from a command line; a failed task is exit code 255. */
final class PctProgram implements Program {

    private static final int FAILED = 255;

    /**
     * A command that stands for a call of the API.
     *
     * @param words names of its positional parameters
     */
    private record Alias(Verb verb, String path, List<String> words) {}

    private static final String GUEST = "/nodes/localhost/lxc/{vmid}";
    private static final Map<String, Alias> ALIASES = Map.ofEntries(
            alias("create", Verb.CREATE, "/nodes/localhost/lxc", "vmid", "ostemplate"),
            alias("set", Verb.SET, GUEST + "/config", "vmid"),
            alias("start", Verb.CREATE, GUEST + "/status/start", "vmid"),
            alias("stop", Verb.CREATE, GUEST + "/status/stop", "vmid"),
            alias("shutdown", Verb.CREATE, GUEST + "/status/shutdown", "vmid"),
            alias("reboot", Verb.CREATE, GUEST + "/status/reboot", "vmid"),
            alias("destroy", Verb.DELETE, GUEST, "vmid"),
            alias("resize", Verb.SET, GUEST + "/resize", "vmid", "disk", "size"),
            alias("clone", Verb.CREATE, GUEST + "/clone", "vmid", "newid"),
            alias(
                    "move-volume",
                    Verb.CREATE,
                    GUEST + "/move_volume",
                    "vmid",
                    "volume",
                    "storage",
                    "target-vmid",
                    "target-volume"),
            alias(
                    "move_volume",
                    Verb.CREATE,
                    GUEST + "/move_volume",
                    "vmid",
                    "volume",
                    "storage",
                    "target-vmid",
                    "target-volume"),
            alias("template", Verb.CREATE, GUEST + "/template", "vmid"),
            alias("snapshot", Verb.CREATE, GUEST + "/snapshot", "vmid", "snapname"),
            alias("delsnapshot", Verb.DELETE, GUEST + "/snapshot/{snapname}", "vmid", "snapname"),
            alias("rollback", Verb.CREATE, GUEST + "/snapshot/{snapname}/rollback", "vmid", "snapname"));

    private static Map.Entry<String, Alias> alias(String command, Verb verb, String path, String... words) {
        return Map.entry(command, new Alias(verb, path, List.of(words)));
    }

    private final Api api;

    PctProgram(Api api) {
        this.api = api;
    }

    @Override
    public int run(Call call) {
        if (call.arguments().isEmpty()) {
            return call.fail(FAILED, "ERROR: no command specified\nUSAGE: pct <COMMAND> [ARGS] [OPTIONS]");
        }
        String command = call.arguments().getFirst();
        List<String> words = call.arguments().subList(1, call.arguments().size());
        Alias alias = ALIASES.get(command);
        PctViews views = new PctViews(call, new Proxmox(call.world()));
        String usage = "pct " + command + " <vmid> [OPTIONS]";
        try {
            return alias != null ? alias(call, command, alias, words) : views.run(command, words);
        } catch (PveFailure failure) {
            call.err(failure.printed(usage).stripTrailing());
            return failure.exit();
        }
    }

    private int alias(Call call, String command, Alias alias, List<String> words) {
        Proxmox pve = new Proxmox(call.world());
        StringBuilder usage = new StringBuilder("pct " + command);
        alias.words().forEach(word -> usage.append(" <").append(word).append('>'));
        usage.append(" [OPTIONS]");
        try {
            String probe = alias.path().replace("{vmid}", "100").replace("{snapname}", "x");
            Api.Found route = api.find(pve, alias.verb(), probe);
            if (route == null) {
                throw PveFailure.usage("command not available");
            }
            List<Property> options = new ArrayList<>(route.parameters().list());
            options.removeIf(
                    property -> alias.words().contains(property.name()) && isNeeded(route, alias, property.name()));
            CommandLine line = CommandLine.read(words, new Parameters(options));
            line.complaints().forEach(call::err);
            line.refuseUnknown();
            long needed = alias.words().stream()
                    .filter(word -> isNeeded(route, alias, word))
                    .count();
            if (line.words().size() < needed) {
                throw PveFailure.usage("not enough arguments");
            }
            if (line.words().size() > alias.words().size()) {
                throw PveFailure.usage("too many arguments");
            }
            Map<String, String> values = new LinkedHashMap<>(line.options());
            for (int i = 0; i < line.words().size(); i++) {
                values.put(alias.words().get(i), line.words().get(i));
            }
            String vmid = values.getOrDefault("vmid", "");
            String wrong = Format.VMID.complaint(vmid);
            if (wrong != null) {
                throw PveFailure.parameter("vmid", "invalid format - " + wrong + "\n");
            }
            if (alias.path().contains("{vmid}")) {
                values.remove("vmid");
            }
            String path = alias.path().replace("{vmid}", vmid);
            if (path.contains("{snapname}")) {
                path = path.replace("{snapname}", String.valueOf(values.remove("snapname")));
            }
            Api.Found found = api.find(pve, alias.verb(), path);
            return found == null ? FAILED : print(call, api.call(pve, found, values, call::err));
        } catch (PveFailure failure) {
            call.err(stripLast(failure.printed(usage.toString())));
            return failure.exit();
        }
    }

    /** Words that stand in the path, and those that the call requires. */
    private static boolean isNeeded(Api.Found route, Alias alias, String word) {
        return alias.path().contains("{" + word + "}")
                || route.parameters().list().stream()
                        .anyMatch(property -> property.name().equals(word) && property.required());
    }

    private static String stripLast(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static int print(Call call, Answer answer) {
        if (!(answer instanceof Answer.Worker(Tasks.Task task))) {
            return 0;
        }
        for (String line : task.log()) {
            if (line.startsWith("WARN: ")) {
                call.err(line);
            } else if (!line.isEmpty()) {
                call.out(line);
            }
        }
        if (task.warnings() > 0) {
            call.err("Task finished with " + task.warnings() + " warning(s)!");
        }
        String error = task.error();
        return error == null ? 0 : call.fail(FAILED, error);
    }
}
