package dev.tengil.resource.facts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.VmId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a container is now, as Proxmox says.
 *
 * @param running whether it runs
 * @param address its IPv4 address, else its IPv6 address; null while it has none
 */
public record GuestAddress(boolean running, @Nullable String address) {

    private static final GuestAddress STOPPED = new GuestAddress(false, null);

    /** Asks; Proxmox answers null for one that does not run. */
    public static GuestAddress of(Host host, VmId vmid) throws HostException {
        Result result = host.run(Command.reads(
                "pvesh", "get", "/nodes/localhost/lxc/" + vmid + "/interfaces", "--output-format", "json"));
        if (result.exit() != 0) {
            return STOPPED;
        }
        try {
            if (!(JsonParser.parseString(result.out()) instanceof JsonArray cards)) {
                return STOPPED;
            }
            String address = address(cards, "inet");
            return new GuestAddress(true, address == null ? address(cards, "inet6") : address);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            return STOPPED;
        }
    }

    /** The first of this family that others can reach; one that begins with fe80 is known on the wire alone. */
    private static @Nullable String address(JsonArray cards, String family) {
        for (JsonElement each : cards) {
            JsonObject card = each.getAsJsonObject();
            JsonElement name = card.get("name");
            JsonElement found = card.get(family);
            if (name != null && found != null && !name.getAsString().equals("lo")) {
                String text = found.getAsString();
                String bare = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
                if (!bare.toLowerCase(Locale.ROOT).startsWith("fe80")) {
                    return bare;
                }
            }
        }
        return null;
    }
}
