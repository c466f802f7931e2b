package dev.tengil.state;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.model.Address;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lines between two saves of the state. All intents of an apply are written before its first operation; an outcome follows each
 * change that is done. An outcome that got lost with the power is harmless: the next run looks at the host again.
 */
public final class Journal {

    private Journal() {}

    /** We are about to make or change this; its choices are valid from now on. */
    public static String intent(AppliedResource resource) {
        JsonObject line = line("intent", resource.address());
        line.add("resource", StateCodec.resource(resource));
        return line + "\n";
    }

    /** This is now so. */
    public static String done(AppliedResource resource) {
        JsonObject line = line("done", resource.address());
        line.add("resource", StateCodec.resource(resource));
        return line + "\n";
    }

    /** This is no longer ours. */
    public static String forgotten(Address address) {
        return line("forgotten", address) + "\n";
    }

    private static JsonObject line(String event, Address address) {
        JsonObject line = new JsonObject();
        line.addProperty("event", event);
        line.addProperty("address", address.toString());
        return line;
    }

    /** The state that results when the journal's lines are taken into account. A last line cut short by a crash is left out. */
    static Parsed<Applied> replay(Applied saved, String journal) {
        SortedMap<Address, AppliedResource> resources = new TreeMap<>(saved.resources());
        SortedMap<Address, AppliedResource> intended = new TreeMap<>(saved.intended());
        int number = 0;
        int start = 0;
        for (int end = journal.indexOf('\n'); end >= 0; start = end + 1, end = journal.indexOf('\n', start)) {
            number++;
            try {
                JsonObject line =
                        JsonParser.parseString(journal.substring(start, end)).getAsJsonObject();
                Address address =
                        Address.parse(line.get("address").getAsString()).orThrow();
                switch (line.get("event").getAsString()) {
                    case "intent" ->
                        intended.put(address, StateCodec.resource(address, line.getAsJsonObject("resource")));
                    case "done" -> {
                        intended.remove(address);
                        resources.put(address, StateCodec.resource(address, line.getAsJsonObject("resource")));
                    }
                    case "forgotten" -> {
                        intended.remove(address);
                        resources.remove(address);
                    }
                    default -> {
                        return Parsed.bad("line " + number + " of its journal says nothing that this tengil knows");
                    }
                }
            } catch (JsonParseException
                    | IllegalStateException
                    | NullPointerException
                    | IllegalArgumentException
                    | ClassCastException
                    | UnsupportedOperationException e) {
                return Parsed.bad("line " + number + " of its journal is damaged");
            }
        }
        return Parsed.ok(
                new Applied(saved.stack(), saved.serial(), saved.generation(), saved.salt(), resources, intended));
    }
}
