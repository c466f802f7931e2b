package dev.tengil.host.sim;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ZFS file system, volume or snapshot of the world.
 *
 * @param type {@code filesystem}, {@code volume} or {@code snapshot}
 * @param properties set on this very dataset, as {@code zfs get -p} prints them
 * @param received properties that came with a stream
 * @param mounted whether it is mounted
 * @param guid unique number
 * @param created seconds since 1970
 * @param used bytes of its own data
 */
public record Zdataset(
        String name,
        String type,
        SortedMap<String, String> properties,
        SortedMap<String, String> received,
        boolean mounted,
        String guid,
        long created,
        long used) {

    public Zdataset {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
        received = Collections.unmodifiableSortedMap(new TreeMap<>(received));
    }

    public Zdataset with(String property, String value) {
        SortedMap<String, String> more = new TreeMap<>(properties);
        more.put(property, value);
        return new Zdataset(name, type, more, received, mounted, guid, created, used);
    }

    public Zdataset without(String property) {
        SortedMap<String, String> less = new TreeMap<>(properties);
        less.remove(property);
        return new Zdataset(name, type, less, received, mounted, guid, created, used);
    }

    public Zdataset withMounted(boolean now) {
        return new Zdataset(name, type, properties, received, now, guid, created, used);
    }

    public Zdataset withName(String newName) {
        return new Zdataset(newName, type, properties, received, mounted, guid, created, used);
    }

    String encode() {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.add("properties", strings(properties));
        if (!received.isEmpty()) {
            json.add("received", strings(received));
        }
        json.addProperty("mounted", mounted);
        json.addProperty("guid", guid);
        json.addProperty("created", created);
        json.addProperty("used", used);
        json.addProperty("name", name);
        return json.toString();
    }

    static Zdataset decode(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        return new Zdataset(
                json.get("name").getAsString(),
                json.get("type").getAsString(),
                strings(json.get("properties")),
                json.has("received") ? strings(json.get("received")) : new TreeMap<>(),
                json.get("mounted").getAsBoolean(),
                json.get("guid").getAsString(),
                json.get("created").getAsLong(),
                json.get("used").getAsLong());
    }

    private static JsonObject strings(Map<String, String> map) {
        JsonObject json = new JsonObject();
        map.forEach(json::addProperty);
        return json;
    }

    private static SortedMap<String, String> strings(JsonElement json) {
        SortedMap<String, String> map = new TreeMap<>();
        json.getAsJsonObject()
                .entrySet()
                .forEach(e -> map.put(e.getKey(), e.getValue().getAsString()));
        return map;
    }
}
