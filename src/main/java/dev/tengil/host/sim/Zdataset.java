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
 * @param received properties that came with a stream; one that was inherited away since stands under its name with {@code -} before it
 * @param mountOrder 0 when it is not mounted; else a number that grows with every mount, since a later one covers an earlier
 * @param guid unique number
 * @param created seconds since 1970
 * @param used bytes of its own data
 */
public record Zdataset(
        String name,
        String type,
        SortedMap<String, String> properties,
        SortedMap<String, String> received,
        long mountOrder,
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
        return new Zdataset(name, type, more, received, mountOrder, guid, created, used);
    }

    public Zdataset without(String property) {
        SortedMap<String, String> less = new TreeMap<>(properties);
        less.remove(property);
        return new Zdataset(name, type, less, renamed(property, "-" + property), mountOrder, guid, created, used);
    }

    /** Without a value of its own, so that what was received holds again. */
    Zdataset reverted(String property) {
        SortedMap<String, String> less = new TreeMap<>(properties);
        less.remove(property);
        return new Zdataset(name, type, less, renamed("-" + property, property), mountOrder, guid, created, used);
    }

    private SortedMap<String, String> renamed(String from, String to) {
        SortedMap<String, String> changed = new TreeMap<>(received);
        String value = changed.remove(from);
        if (value != null) {
            changed.put(to, value);
        }
        return changed;
    }

    public boolean mounted() {
        return mountOrder > 0;
    }

    Zdataset withMountOrder(long order) {
        return new Zdataset(name, type, properties, received, order, guid, created, used);
    }

    Zdataset withReceived(Map<String, String> sent) {
        return new Zdataset(name, type, properties, new TreeMap<>(sent), mountOrder, guid, created, used);
    }

    Zdataset withUsed(long bytes) {
        return new Zdataset(name, type, properties, received, mountOrder, guid, created, bytes);
    }

    public Zdataset withName(String newName) {
        return new Zdataset(newName, type, properties, received, mountOrder, guid, created, used);
    }

    String encode() {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        json.add("properties", strings(properties));
        if (!received.isEmpty()) {
            json.add("received", strings(received));
        }
        json.addProperty("mounted", mountOrder);
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
                json.get("mounted").getAsLong(),
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
