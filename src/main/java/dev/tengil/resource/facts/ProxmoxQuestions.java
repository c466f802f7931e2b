package dev.tengil.resource.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.model.HostPath;
import dev.tengil.model.Parsed;
import dev.tengil.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What is asked of Proxmox: a fixed handful of {@code pvesh get}, since each costs a second of Perl. */
final class ProxmoxQuestions {

    private final @Nullable Future<Questions.Answer> local;
    private final @Nullable Future<Questions.Answer> cluster;
    private final @Nullable Future<Questions.Answer> storage;
    private final @Nullable Future<Questions.Answer> network;
    private final @Nullable Future<Questions.Answer> status;
    private final @Nullable Future<Questions.Answer> available;

    /** Asks nothing. */
    static ProxmoxQuestions none() {
        return new ProxmoxQuestions();
    }

    private ProxmoxQuestions() {
        local = null;
        cluster = null;
        storage = null;
        network = null;
        status = null;
        available = null;
    }

    /** Asks everything at once. */
    ProxmoxQuestions(Questions ask, boolean templates) {
        local = ask.command(get("/nodes/localhost/lxc"));
        cluster = ask.command(get("/cluster/resources", "--type", "vm"));
        storage = ask.command(get("/nodes/localhost/storage"));
        network = ask.command(get("/nodes/localhost/network"));
        status = ask.command(get("/nodes/localhost/status"));
        available = templates ? ask.command(Command.reads("pveam", "available", "--section", "system")) : null;
    }

    private static Command get(String path, String... more) {
        List<String> argv = new ArrayList<>(List.of("pvesh", "get", path));
        argv.addAll(List.of(more));
        argv.addAll(List.of("--output-format", "json"));
        return Command.reads(argv);
    }

    /** Processors and bytes of memory. */
    record Machine(int cpus, long memory) {}

    Machine machine(Questions ask) throws HostException {
        JsonElement answer = json(ask, status);
        if (answer instanceof JsonObject object
                && object.get("cpuinfo") instanceof JsonObject cpu
                && object.get("memory") instanceof JsonObject memory) {
            return new Machine((int) number(cpu, "cpus"), number(memory, "total"));
        }
        return new Machine(0, 0);
    }

    SortedMap<VmId, Guest> guests(Questions ask, Map<HostPath, HostFile> files, String node, ResourcePools pools)
            throws HostException {
        SortedMap<VmId, Guest> guests = new TreeMap<>();
        for (JsonObject row : rows(json(ask, cluster))) {
            VmId vmid = vmid(row);
            if (vmid != null) {
                guests.put(
                        vmid,
                        new Guest(
                                vmid,
                                !"qemu".equals(text(row, "type")),
                                text(row, "node"),
                                text(row, "name"),
                                running(row),
                                0,
                                pools.of(vmid.toString()),
                                null));
            }
        }
        for (JsonObject row : rows(json(ask, local))) {
            VmId vmid = vmid(row);
            if (vmid != null) {
                HostFile conf = files.get(HostPath.of("/etc/pve/lxc/" + vmid + ".conf"));
                guests.put(
                        vmid,
                        new Guest(
                                vmid,
                                true,
                                node,
                                text(row, "name"),
                                running(row),
                                number(row, "pid"),
                                pools.of(vmid.toString()),
                                conf == null
                                        ? null
                                        : GuestConf.parse(conf.content().latin1())));
            }
        }
        return guests;
    }

    private static boolean running(JsonObject row) {
        return text(row, "status").equals("running");
    }

    private static @Nullable VmId vmid(JsonObject row) {
        return VmId.parse(text(row, "vmid")) instanceof Parsed.Ok<VmId>(VmId vmid) ? vmid : null;
    }

    /** Pool and path stand in storage.cfg only. */
    SortedMap<String, Storage> storages(Questions ask, Map<HostPath, HostFile> files) throws HostException {
        HostFile file = files.get(HostPath.of("/etc/pve/storage.cfg"));
        Map<String, Map<String, String>> sections =
                sections(file == null ? "" : file.content().text());
        SortedMap<String, Storage> storages = new TreeMap<>();
        for (JsonObject row : rows(json(ask, storage))) {
            String id = text(row, "storage");
            Map<String, String> section = sections.getOrDefault(id, Map.of());
            SortedSet<String> content =
                    new TreeSet<>(List.of(text(row, "content").split(",", -1)));
            String path = section.get("path");
            storages.put(
                    id,
                    new Storage(
                            id,
                            text(row, "type"),
                            content,
                            number(row, "active") == 1,
                            number(row, "avail"),
                            section.get("pool"),
                            path == null && id.equals("local") ? "/var/lib/vz" : path));
        }
        return storages;
    }

    /** {@code TYPE: ID} begins a section, indented {@code key value} lines fill it. */
    private static Map<String, Map<String, String>> sections(String text) {
        Map<String, Map<String, String>> sections = new TreeMap<>();
        Map<String, String> current = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && line.contains(": ")) {
                current = new TreeMap<>();
                sections.put(line.substring(line.indexOf(": ") + 2).strip(), current);
            } else if (!line.isBlank()) {
                String[] words = line.strip().split("\\s+", 2);
                current.put(words[0], words.length > 1 ? words[1] : "1");
            }
        }
        return sections;
    }

    SortedSet<String> bridges(Questions ask) throws HostException {
        SortedSet<String> bridges = new TreeSet<>();
        for (JsonObject row : rows(json(ask, network))) {
            if (text(row, "type").contains("ridge")) {
                bridges.add(text(row, "iface"));
            }
        }
        return bridges;
    }

    /** The node's own addresses. */
    SortedSet<String> addresses(Questions ask) throws HostException {
        SortedSet<String> addresses = new TreeSet<>();
        for (JsonObject row : rows(json(ask, network))) {
            for (String key : List.of("address", "address6")) {
                if (row.has(key)) {
                    addresses.add(text(row, key));
                }
            }
        }
        return addresses;
    }

    /** Archives on the storages that hold templates, and lines {@code SECTION  FILE} of what can be downloaded. */
    List<Template> templates(Questions ask, Map<String, Storage> storages) throws HostException {
        Map<String, Future<Questions.Answer>> contents = new TreeMap<>();
        for (Storage each : storages.values()) {
            if (each.active() && each.content().contains("vztmpl")) {
                contents.put(
                        each.id(),
                        ask.command(get("/nodes/localhost/storage/" + each.id() + "/content", "--content", "vztmpl")));
            }
        }
        List<Template> templates = new ArrayList<>();
        for (var content : contents.entrySet()) {
            for (JsonObject row : rows(json(ask, content.getValue()))) {
                String volid = text(row, "volid");
                templates.add(new Template(volid.substring(volid.lastIndexOf('/') + 1), content.getKey()));
            }
        }
        if (available != null) {
            for (String line : ask.answer(available).text().lines().toList()) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length == 2) {
                    templates.add(new Template(words[1], null));
                }
            }
        }
        return templates;
    }

    private static @Nullable JsonElement json(Questions ask, @Nullable Future<Questions.Answer> question)
            throws HostException {
        if (question == null) {
            return null;
        }
        Questions.Answer answer = ask.answer(question);
        if (answer.missing()) {
            return null;
        }
        try {
            return JsonParser.parseString(answer.text());
        } catch (JsonParseException e) {
            Observer.unreadable(ask.diagnostics(), answer.command(), "it is no JSON");
            return null;
        }
    }

    private static List<JsonObject> rows(@Nullable JsonElement json) {
        List<JsonObject> rows = new ArrayList<>();
        if (json instanceof JsonArray array) {
            array.forEach(row -> {
                if (row instanceof JsonObject object) {
                    rows.add(object);
                }
            });
        }
        return rows;
    }

    private static String text(JsonObject row, String key) {
        JsonElement value = row.get(key);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private static long number(JsonObject row, String key) {
        String text = text(row, key);
        return text.matches("\\d{1,18}(\\.\\d+)?") ? (long) Double.parseDouble(text) : 0;
    }
}
