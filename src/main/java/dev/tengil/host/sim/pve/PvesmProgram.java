package dev.tengil.host.sim.pve;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.pve.guest.Proxmox;
import dev.tengil.host.sim.pve.guest.PveFailure;
import dev.tengil.host.sim.pve.guest.Sizes;
import dev.tengil.host.sim.pve.guest.Storage;
import dev.tengil.host.sim.pve.guest.Storages;
import dev.tengil.host.sim.pve.guest.VolumeFiles;
import dev.tengil.host.sim.pve.schema.Parameters;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code pvesm status|add|set|remove|list|alloc|free|path}. */
final class PvesmProgram implements Program {

    private static final Map<String, String> USAGE = Map.of(
            "add", "pvesm add <type> <storage> [OPTIONS]",
            "set", "pvesm set <storage> [OPTIONS]",
            "remove", "pvesm remove <storage>",
            "list", "pvesm list <storage> [OPTIONS]",
            "alloc", "pvesm alloc <storage> <vmid> <filename> <size> [OPTIONS]",
            "free", "pvesm free <volume> [OPTIONS]",
            "path", "pvesm path <volume>",
            "status", "pvesm status [OPTIONS]");

    private final Api api;

    PvesmProgram(Api api) {
        this.api = api;
    }

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        String command = words.isEmpty() ? "" : words.getFirst();
        String usage = USAGE.get(command);
        if (usage == null) {
            return call.fail(
                    255, "ERROR: unknown command 'pvesm " + command + "'\nUSAGE: pvesm <COMMAND> [ARGS] [OPTIONS]");
        }
        Proxmox pve = new Proxmox(call.world());
        try {
            perform(call, pve, command, words.subList(1, words.size()));
            return 0;
        } catch (PveFailure failure) {
            String text = failure.printed(usage);
            call.err(text.substring(0, text.length() - 1));
            return failure.exit();
        }
    }

    private void perform(Call call, Proxmox pve, String command, List<String> words) {
        switch (command) {
            case "add" -> edit(call, pve, Verb.CREATE, words, "type", "storage");
            case "set" -> edit(call, pve, Verb.SET, words, "storage");
            case "remove" -> edit(call, pve, Verb.DELETE, words, "storage");
            case "status" -> status(call, pve, words);
            case "list" -> list(call, pve, words);
            case "alloc" -> {
                CommandLine line = read(call, words, Parameters.of(Property.optional("format", new Type.Text(0))), 4);
                String size = line.words().get(3);
                long bytes = Sizes.parse(size) * (size.matches("\\d+") ? 1024 : 1);
                String volid = VolumeFiles.allocate(
                        pve,
                        pve.storages().get(line.words().get(0)),
                        line.words().get(2),
                        bytes);
                call.out("successfully created '" + volid + "'");
            }
            case "free" -> {
                String volid = read(call, words, Parameters.of(), 1).words().getFirst();
                VolumeFiles.free(pve, volid);
                call.out("Removed volume '" + volid + "'");
            }
            default -> {
                String volid = read(call, words, Parameters.of(), 1).words().getFirst();
                String path = VolumeFiles.path(pve, volid);
                if (path == null) {
                    throw PveFailure.of(25, "unable to parse volume ID '" + volid + "'");
                }
                call.out(path);
            }
        }
    }

    private static CommandLine read(Call call, List<String> words, Parameters parameters, int needed) {
        CommandLine line = CommandLine.read(words, parameters);
        line.complaints().forEach(call::err);
        line.refuseUnknown();
        if (line.words().size() != needed) {
            throw PveFailure.usage(line.words().size() < needed ? "not enough arguments" : "too many arguments");
        }
        return line;
    }

    private void edit(Call call, Proxmox pve, Verb verb, List<String> words, String... names) {
        String probe = verb == Verb.CREATE ? "/storage" : "/storage/x";
        Api.Found route = api.find(pve, verb, probe);
        if (route == null) {
            throw PveFailure.usage("command not available");
        }
        List<Property> options = new ArrayList<>(route.parameters().list());
        options.removeIf(property -> List.of(names).contains(property.name()));
        CommandLine line = read(call, words, new Parameters(options), names.length);
        Map<String, String> values = new LinkedHashMap<>(line.options());
        for (int i = 0; i < names.length; i++) {
            values.put(names[i], line.words().get(i));
        }
        String path = verb == Verb.CREATE ? "/storage" : "/storage/" + values.remove("storage");
        Api.Found found = api.find(pve, verb, path);
        if (found != null) {
            api.call(pve, found, values, call::err);
        }
    }

    private static void status(Call call, Proxmox pve, List<String> words) {
        CommandLine line = read(
                call,
                words,
                Parameters.of(
                        Property.optional("content", new Type.Text(0)),
                        Property.optional("enabled", new Type.Bool()),
                        Property.optional("storage", new Type.Text(0))),
                0);
        String content = line.options().getOrDefault("content", "");
        List<Storage> shown = pve.storages().all().values().stream()
                .filter(storage -> content.isEmpty() || storage.content().contains(content))
                .filter(storage ->
                        line.options().getOrDefault("storage", storage.id()).equals(storage.id()))
                .toList();
        int width =
                shown.stream().mapToInt(storage -> storage.id().length()).max().orElse(4) + 1;
        String format = "%-" + width + "s %10s %10s %15s %15s %15s %8s";
        call.out(String.format(
                Locale.ROOT, format, "Name", "Type", "Status", "Total (KiB)", "Used (KiB)", "Available (KiB)", "%"));
        for (Storage storage : shown) {
            Storages.Space space =
                    storage.isEnabled() ? pve.storages().space(storage) : new Storages.Space(false, 0, 0);
            String state = !storage.isEnabled() ? "disabled" : space.active() ? "active" : "inactive";
            double share = space.total() == 0 ? 0 : 100.0 * space.used() / space.total();
            call.out(String.format(
                    Locale.ROOT,
                    format,
                    storage.id(),
                    storage.type(),
                    state,
                    space.total() / 1024,
                    space.used() / 1024,
                    space.available() / 1024,
                    storage.isEnabled() ? String.format(Locale.ROOT, "%.2f%%", share) : "N/A"));
        }
    }

    private static void list(Call call, Proxmox pve, List<String> words) {
        CommandLine line = read(
                call,
                words,
                Parameters.of(
                        Property.optional("content", new Type.Text(0)), Property.optional("vmid", new Type.Text(0))),
                1);
        List<StorageViews.Item> items = StorageViews.content(
                        pve, pve.storages().get(line.words().getFirst()))
                .stream()
                .filter(item ->
                        line.options().getOrDefault("content", item.content()).equals(item.content()))
                .toList();
        int width = items.stream().mapToInt(item -> item.volid().length()).max().orElse(5);
        String format = "%-" + width + "s %-7s %-7s %9s %s";
        call.out(String.format(Locale.ROOT, format, "Volid", "Format", "Type", "Size", "VMID"));
        for (StorageViews.Item item : items) {
            String owner = item.owner() > 0 ? Integer.toString(item.owner()) : "";
            call.out(String.format(Locale.ROOT, format, item.volid(), item.format(), item.content(), item.size(), owner)
                    .stripTrailing());
        }
    }
}
