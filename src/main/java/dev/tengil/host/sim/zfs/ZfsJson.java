package dev.tengil.host.sim.zfs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code -j} prints: one object of datasets or pools, each with its properties and where these come from. */
final class ZfsJson {

    private static final String INTEGERS = "--json-int";
    private static final String INHERITED = "inherited from ";

    private ZfsJson() {}

    /** The words without {@code --json-int}, of which getopt's short options know nothing. */
    static List<String> withoutIntegers(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        rest.remove(INTEGERS);
        return rest;
    }

    /** Whether numbers are to be numbers. */
    static boolean integers(List<String> words) {
        return words.contains(INTEGERS);
    }

    /** An answer of this command around its datasets or pools. */
    static String answer(String command, String kind, JsonObject things) {
        JsonObject about = new JsonObject();
        about.addProperty("command", command);
        about.addProperty("vers_major", 0);
        about.addProperty("vers_minor", 1);
        JsonObject answer = new JsonObject();
        answer.add("output_version", about);
        answer.add(kind, things);
        return answer.toString();
    }

    /** A dataset with some of its properties. */
    static JsonObject dataset(Zfs zfs, Zdataset dataset, List<String> properties, boolean exact, boolean integers) {
        JsonObject shown = new JsonObject();
        for (String property : properties) {
            if (!property.equals("name")) {
                Zfs.Value value = zfs.get(dataset.name(), property);
                String text = ZfsGet.shown(property, value.value(), exact || integers);
                shown.add(property, property(text, value.source(), integers));
            }
        }
        JsonObject out = new JsonObject();
        out.addProperty("name", dataset.name());
        out.addProperty("type", dataset.type().toUpperCase(Locale.ROOT));
        out.addProperty("pool", Zfs.pool(dataset.name()));
        out.add("createtxg", value(zfs.get(dataset.name(), "createtxg").value(), integers));
        out.add("properties", shown);
        return out;
    }

    static JsonObject property(String text, String source, boolean integers) {
        JsonObject from = new JsonObject();
        String kind = source.startsWith(INHERITED) ? "inherited" : source.equals("-") ? "none" : source;
        from.addProperty("type", kind.toUpperCase(Locale.ROOT));
        from.addProperty("data", source.startsWith(INHERITED) ? source.substring(INHERITED.length()) : "-");
        JsonObject property = new JsonObject();
        property.add("value", value(text, integers));
        property.add("source", from);
        return property;
    }

    static JsonElement value(String text, boolean integers) {
        return integers && text.matches("\\d{1,18}")
                ? new JsonPrimitive(Long.parseLong(text))
                : new JsonPrimitive(text);
    }
}
