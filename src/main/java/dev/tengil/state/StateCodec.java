package dev.tengil.state;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.model.Address;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Applied;
import dev.tengil.resource.AppliedResource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of the state file. A file that is not exactly understood is refused, never half read. */
final class StateCodec {

    /** Raised when an older tengil could misread the file. */
    static final int VERSION = 1;

    /** Where gson met what it cannot read. */
    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

    private StateCodec() {}

    static String write(Applied applied) {
        JsonObject root = new JsonObject();
        root.addProperty("version", VERSION);
        root.addProperty("stack", applied.stack());
        root.addProperty("serial", applied.serial());
        root.addProperty("generation", applied.generation());
        root.addProperty("salt", applied.salt());
        root.add("resources", resources(applied.resources()));
        root.add("intended", resources(applied.intended()));
        return new GsonBuilder()
                        .disableHtmlEscaping()
                        .setPrettyPrinting()
                        .create()
                        .toJson(root) + "\n";
    }

    static Parsed<Applied> read(String text, String stack) {
        try {
            JsonElement parsed = JsonParser.parseString(text);
            if (!parsed.isJsonObject()) {
                return Parsed.bad(text.isBlank() ? "it is empty" : "it is not a JSON object");
            }
            JsonObject root = parsed.getAsJsonObject();
            int version = root.get("version").getAsInt();
            if (version > VERSION) {
                return Parsed.bad(
                        "it was written by a newer tengil (format " + version + ", this one knows " + VERSION + ")");
            }
            String ofStack = root.get("stack").getAsString();
            if (!ofStack.equals(stack)) {
                return Parsed.bad("it belongs to the stack \"" + ofStack + "\"");
            }
            return Parsed.ok(new Applied(
                    stack,
                    root.get("serial").getAsLong(),
                    root.get("generation").getAsInt(),
                    root.get("salt").getAsString(),
                    resources(root.getAsJsonObject("resources")),
                    resources(root.getAsJsonObject("intended"))));
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            // gson answers a missing or mistyped member with one of these; each means the same to us
            Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
            return Parsed.bad(
                    place.find()
                            ? "it is damaged in line " + place.group(1) + ", column " + place.group(2)
                            : "it is damaged: a part is missing");
        }
    }

    /** Whether a newer tengil wrote this. */
    static boolean isNewer(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject().get("version").getAsInt() > VERSION;
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | NumberFormatException
                | ClassCastException
                | UnsupportedOperationException e) {
            return false;
        }
    }

    static JsonObject resource(AppliedResource resource) {
        JsonObject json = new JsonObject();
        json.add("fields", strings(resource.fields()));
        json.add("choices", strings(resource.choices()));
        return json;
    }

    static AppliedResource resource(Address address, JsonObject json) {
        return new AppliedResource(
                address, strings(json.getAsJsonObject("fields")), strings(json.getAsJsonObject("choices")));
    }

    private static JsonObject resources(SortedMap<Address, AppliedResource> resources) {
        JsonObject json = new JsonObject();
        resources.forEach((address, resource) -> json.add(address.toString(), resource(resource)));
        return json;
    }

    private static SortedMap<Address, AppliedResource> resources(JsonObject json) {
        SortedMap<Address, AppliedResource> resources = new TreeMap<>();
        for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
            Address address = Address.parse(entry.getKey()).orThrow();
            resources.put(address, resource(address, entry.getValue().getAsJsonObject()));
        }
        return resources;
    }

    private static JsonObject strings(SortedMap<String, String> values) {
        JsonObject json = new JsonObject();
        values.forEach(json::addProperty);
        return json;
    }

    private static SortedMap<String, String> strings(JsonObject json) {
        SortedMap<String, String> values = new TreeMap<>();
        json.entrySet()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().getAsString()));
        return values;
    }
}
