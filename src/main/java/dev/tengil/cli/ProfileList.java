package dev.tengil.cli;

import com.google.gson.JsonObject;
import dev.tengil.model.Fields;
import dev.tengil.model.Nearest;
import dev.tengil.model.Span;
import dev.tengil.resource.dataset.DatasetKeys;
import dev.tengil.state.SecretStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All dataset profiles: those that every file has, and the file's own. */
final class ProfileList {

    /**
     * One property of a profile.
     *
     * @param from which profile says so, with the place if it is the file's
     */
    record Property(String value, String from) {}

    private final Map<String, Fields> own = new TreeMap<>();
    private final Map<String, Span> places = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> builtIn = DatasetKeys.builtInProfiles();

    ProfileList(@Nullable Fields file) {
        if (file != null) {
            file.valueOr(DatasetKeys.PROFILES, Map.of()).forEach((name, fields) -> {
                own.put(name.value(), fields.value());
                places.put(name.value(), name.span());
            });
        }
    }

    /** Of the file, if there is one. */
    static ProfileList of(Output output) throws Stopped {
        return new ProfileList(
                ConfigSearch.find(output.globals(), output.io()) == null
                        ? null
                        : FileReading.read(output, new SecretStore()).fields());
    }

    boolean has(String name) {
        return own.containsKey(name) || builtIn.containsKey(name);
    }

    String suggestion(String name) {
        Set<String> all = new HashSet<>(builtIn.keySet());
        all.addAll(own.keySet());
        return Nearest.suggestion(name, all);
    }

    /** Its properties, inherited ones included. */
    SortedMap<String, Property> properties(String name) {
        return properties(name, new HashSet<>());
    }

    private SortedMap<String, Property> properties(String name, Set<String> path) {
        SortedMap<String, Property> all = new TreeMap<>();
        Fields fields = path.add(name) ? own.get(name) : null;
        if (fields == null) {
            builtIn.getOrDefault(name, new TreeMap<>())
                    .forEach((property, value) ->
                            all.put(property, new Property(value, "profile " + name + ", built in")));
            return all;
        }
        String parent = fields.value(DatasetKeys.EXTENDS);
        if (parent != null) {
            all.putAll(properties(parent, path));
        }
        fields.valueOr(DatasetKeys.ZFS, Map.of())
                .forEach((property, value) -> all.put(
                        property.value(), new Property(value.value(), "profile " + name + ", " + value.span())));
        return all;
    }

    private SortedMap<String, SortedMap<String, Property>> chosen(@Nullable String only) {
        SortedMap<String, SortedMap<String, Property>> all = new TreeMap<>();
        builtIn.keySet().forEach(name -> all.put(name, properties(name)));
        own.keySet().forEach(name -> all.put(name, properties(name)));
        if (only != null) {
            all.keySet().retainAll(Set.of(only));
        }
        return all;
    }

    /** A line per profile; for a single one a line per property. */
    String text(@Nullable String only) {
        StringBuilder out = new StringBuilder();
        chosen(only).forEach((name, properties) -> {
            Span place = places.get(name);
            out.append(name).append(place == null ? "" : "  (" + place + ")").append('\n');
            properties.forEach((property, value) -> out.append("    ")
                    .append(property)
                    .append(' ')
                    .append(value.value())
                    .append(only == null ? "" : "  from: " + value.from())
                    .append('\n'));
        });
        return out.toString();
    }

    JsonObject json(@Nullable String only) {
        JsonObject root = new JsonObject();
        chosen(only).forEach((name, properties) -> {
            JsonObject each = new JsonObject();
            properties.forEach((property, value) -> each.addProperty(property, value.value()));
            root.add(name, each);
        });
        return root;
    }
}
