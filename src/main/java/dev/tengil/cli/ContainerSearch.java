package dev.tengil.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.model.VmId;
import dev.tengil.resource.container.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the container that a person means by a name: ours of that name, else a number, else the only one of that host name. */
final class ContainerSearch {

    /** A container of the host. */
    record Found(VmId vmid, String name, boolean running) {}

    private ContainerSearch() {}

    static Found find(Session session, String name) throws Stopped {
        return find(session, name, all(session));
    }

    /** Several, each once, by one look at the host. */
    static List<Found> find(Session session, List<String> names) throws Stopped {
        SortedMap<Integer, Found> all = all(session);
        List<Found> found = new ArrayList<>();
        for (String name : names) {
            Found one = find(session, name, all);
            if (!found.contains(one)) {
                found.add(one);
            }
        }
        return found;
    }

    private static Found find(Session session, String name, SortedMap<Integer, Found> all) throws Stopped {
        Output output = session.output();
        String asked = name.startsWith("container:") ? name.substring("container:".length()) : name;
        String chosen = session.applied().choice(Container.addressOf(asked), "vmid");
        if (chosen == null && asked.matches("[1-9]\\d{2,8}")) {
            chosen = asked;
        }
        if (chosen != null) {
            Found found = all.get(Integer.valueOf(chosen));
            if (found != null) {
                return found;
            }
            output.error(
                    "container.not-found",
                    "container " + chosen + (chosen.equals(asked) ? "" : " (" + asked + ")") + " is not on this host",
                    known(all));
            throw new Stopped(Exit.REFUSED);
        }
        List<Found> same =
                all.values().stream().filter(each -> each.name().equals(asked)).toList();
        if (same.size() == 1) {
            return same.getFirst();
        }
        List<String> names = all.values().stream().map(Found::name).toList();
        output.error(
                same.isEmpty() ? "container.not-found" : "container.ambiguous",
                same.isEmpty()
                        ? "there is no container called " + asked + Nearest.suggestion(asked, names)
                        : Count.of(same.size(), "container") + " are called " + asked + "; say the number",
                known(all));
        throw new Stopped(Exit.REFUSED);
    }

    private static @Nullable String known(SortedMap<Integer, Found> all) {
        return all.isEmpty()
                ? "This host has no containers."
                : "On this host are: "
                        + String.join(
                                ", ",
                                all.values().stream()
                                        .map(each -> each.name() + " (" + each.vmid() + ")")
                                        .toList());
    }

    private static SortedMap<Integer, Found> all(Session session) throws Stopped {
        Output output = session.output();
        Result result;
        try {
            result = session.host()
                    .run(Command.reads("pvesh", "get", "/nodes/localhost/lxc", "--output-format", "json"));
        } catch (HostException e) {
            throw Session.broken(output, e);
        }
        if (result.exit() == 127) {
            output.error("host.no-proxmox", "this host has no Proxmox VE, so it has no containers", null);
            throw new Stopped(Exit.REFUSED);
        }
        Parsed<SortedMap<Integer, Found>> read = result.exit() == 0
                ? read(result.out())
                : Parsed.bad(result.err().strip());
        return switch (read) {
            case Parsed.Ok<SortedMap<Integer, Found>>(var all) -> all;
            case Parsed.Bad<SortedMap<Integer, Found>>(String reason) -> {
                output.error("host.unreadable", "Proxmox did not list its containers: " + reason, null);
                throw new Stopped(Exit.ERROR);
            }
        };
    }

    private static Parsed<SortedMap<Integer, Found>> read(String text) {
        SortedMap<Integer, Found> all = new TreeMap<>();
        try {
            JsonElement json = JsonParser.parseString(text);
            for (JsonElement each : json instanceof JsonArray array ? array : new JsonArray()) {
                JsonObject guest = each.getAsJsonObject();
                VmId vmid = VmId.parse(guest.get("vmid").getAsString()).orThrow();
                String name = guest.has("name") ? guest.get("name").getAsString() : "CT" + vmid;
                String status = guest.get("status").getAsString();
                all.put(vmid.value(), new Found(vmid, name, status.equals("running")));
            }
            return Parsed.ok(all);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | NullPointerException
                | UnsupportedOperationException e) {
            return Parsed.bad("the answer was not understood");
        }
    }
}
