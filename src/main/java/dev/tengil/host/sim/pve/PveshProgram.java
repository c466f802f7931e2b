package dev.tengil.host.sim.pve;

import com.google.gson.JsonElement;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Tasks;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code pvesh get|set|create|delete|ls PATH …}: the API from a command line; it exits with 0 even when the worker failed. */
final class PveshProgram implements Program {

    private static final List<Property> FORMAT = List.of(
            Property.optional("output-format", Type.oneOf("text", "json", "json-pretty", "yaml")),
            Property.optional("quiet", new Type.Bool()),
            Property.optional("noproxy", new Type.Bool()));

    private final Api api;

    PveshProgram(Api api) {
        this.api = api;
    }

    @Override
    public int run(Call call) {
        Proxmox pve = new Proxmox(call.world());
        List<String> words = call.arguments();
        if (words.size() < 2) {
            return call.fail(255, "ERROR: no command specified\nUSAGE: pvesh <COMMAND> [ARGS] [OPTIONS]");
        }
        String word = words.get(0);
        String path = normal(words.get(1));
        if (word.equals("ls")) {
            return list(call, path);
        }
        Verb verb = Verb.of(word);
        if (verb == null) {
            return call.fail(255, "ERROR: unknown command 'pvesh " + word + "'");
        }
        Api.Found found = api.find(pve, verb, path);
        if (found == null) {
            return call.fail(1, "No '" + word + "' handler defined for '" + path + "'");
        }
        String usage = usage(word, found.parameters());
        try {
            CommandLine line = CommandLine.read(words.subList(2, words.size()), withFormat(found.parameters()));
            line.complaints().forEach(call::err);
            line.refuseUnknown();
            if (!line.words().isEmpty()) {
                throw PveFailure.usage("too many arguments");
            }
            Map<String, String> options = new LinkedHashMap<>(line.options());
            String format = options.getOrDefault("output-format", "text");
            FORMAT.forEach(property -> options.remove(property.name()));
            print(call, api.call(pve, found, options, call::err), format);
            return 0;
        } catch (PveFailure failure) {
            call.err(failure.printed(usage).stripTrailing());
            return failure.exit();
        }
    }

    private static String normal(String path) {
        String clean = path.replaceAll("/+", "/");
        String rooted = clean.startsWith("/") ? clean : "/" + clean;
        return rooted.length() > 1 && rooted.endsWith("/") ? rooted.substring(0, rooted.length() - 1) : rooted;
    }

    private static Parameters withFormat(Parameters parameters) {
        List<Property> all = new ArrayList<>(parameters.list());
        all.addAll(FORMAT);
        return new Parameters(all);
    }

    private static String usage(String word, Parameters parameters) {
        StringBuilder usage = new StringBuilder("pvesh " + word + " <api_path>");
        parameters.list().stream()
                .filter(Property::required)
                .sorted(java.util.Comparator.comparing(Property::name))
                .forEach(property -> usage.append(" --")
                        .append(property.name())
                        .append(' ')
                        .append(
                                property.name().equals("vmid")
                                        ? "<integer>"
                                        : property.type().label()));
        return usage + " [OPTIONS] [FORMAT_OPTIONS]";
    }

    private void print(Call call, Answer answer, String format) {
        switch (answer) {
            case Answer.Nothing() -> {
                // A call whose result is null prints nothing.
            }
            case Answer.Data(JsonElement value) ->
                call.out(format.equals("text") && value.isJsonPrimitive() ? value.getAsString() : Json.line(value));
            case Answer.Worker(Tasks.Task task) -> {
                task.log().stream().filter(line -> !line.isEmpty()).forEach(line -> {
                    if (line.startsWith("WARN: ")) {
                        call.err(line);
                    } else {
                        call.out(line);
                    }
                });
                String error = task.error();
                if (error != null) {
                    call.err(error);
                }
                call.out(
                        format.startsWith("json")
                                ? "\"" + task.upid() + "\""
                                : task.upid().toString());
            }
        }
    }

    /** The names below a path, as far as the simulated API has them. */
    private int list(Call call, String path) {
        TreeSet<String> names = new TreeSet<>();
        String[] parts = path.equals("/") ? new String[] {""} : path.split("/", -1);
        for (Route route : api.routes()) {
            String[] pattern = route.path().split("/", -1);
            boolean below = pattern.length > parts.length;
            for (int i = 0; below && i < parts.length; i++) {
                below = pattern[i].startsWith("{") || pattern[i].equals(parts[i]);
            }
            if (below && !pattern[parts.length].startsWith("{")) {
                names.add(pattern[parts.length]);
            }
        }
        if (names.isEmpty()) {
            return call.fail(1, "No 'get' handler defined for '" + path + "'");
        }
        names.forEach(name -> call.out("Dr--- " + name));
        return 0;
    }
}
