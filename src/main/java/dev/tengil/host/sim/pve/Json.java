package dev.tengil.host.sim.pve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints results as {@code --output-format json} does: one line, keys sorted (pve-common CLIFormatter.pm). */
final class Json {

    private Json() {}

    /** One line without its newline. */
    static String line(JsonElement element) {
        return sorted(element).toString();
    }

    /** An object of strings. */
    static JsonObject strings(Map<String, String> values) {
        JsonObject object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }

    /** An array of strings. */
    static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /** A number when the text is one, else the text. */
    static JsonPrimitive scalar(String text) {
        return text.matches("-?\\d{1,18}") ? new JsonPrimitive(Long.parseLong(text)) : new JsonPrimitive(text);
    }

    private static JsonElement sorted(JsonElement element) {
        if (element instanceof JsonObject object) {
            TreeMap<String, JsonElement> keys = new TreeMap<>(object.asMap());
            JsonObject out = new JsonObject();
            keys.forEach((key, value) -> out.add(key, sorted(value)));
            return out;
        }
        if (element instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(item -> out.add(sorted(item)));
            return out;
        }
        return element;
    }
}
