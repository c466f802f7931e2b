package dev.tengil.resource.discovery;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Located;
import dev.tengil.resource.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The services file of Homepage: a list of groups, each a list of services by name. Labels are those that it reads itself from Docker:
 * {@code homepage.group}, {@code name}, {@code href}, {@code widget.type} and so on (gethomepage.dev, configs/docker and
 * configs/services).
 */
final class HomepageFile {

    static final String PREFIX = "homepage.";

    private final SortedMap<String, SortedMap<String, Map<String, Object>>> groups = new TreeMap<>();
    private final Diagnostics diagnostics;

    HomepageFile(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void add(Need.OfDiscovery found) {
        Complaint complaint = new Complaint(diagnostics, found.name());
        Map<String, Object> service = new LinkedHashMap<>();
        String group = "";
        String name = found.name();
        for (Map.Entry<String, Located<String>> label : found.labels().entrySet()) {
            if (!label.getKey().startsWith(PREFIX)) {
                continue;
            }
            String key = label.getKey().substring(PREFIX.length());
            String value = label.getValue().value();
            if (key.equals("group")) {
                group = value;
            } else if (key.equals("name")) {
                name = value;
            } else if (key.matches("instance\\..*")) {
                complaint.label(
                        label.getKey(),
                        "there is one file, and so one instance",
                        label.getValue().span(),
                        null);
            } else if (key.matches("[A-Za-z]+(?:\\[\\d{1,2}\\])?(?:\\.[A-Za-z0-9_-]+)*")) {
                put(service, key, typed(key, value), label, complaint);
            } else {
                complaint.label(
                        label.getKey(),
                        "Homepage has no such option",
                        label.getValue().span(),
                        null);
            }
        }
        if (group.isEmpty() && service.isEmpty()) {
            return;
        }
        if (group.isEmpty()) {
            complaint.label(
                    PREFIX + "*",
                    "there is no homepage.group, and without one Homepage shows nothing",
                    found.labels().tailMap(PREFIX).firstEntry().getValue().span(),
                    "Add homepage.group: NAME.");
            return;
        }
        if (groups.computeIfAbsent(group, key -> new TreeMap<>()).putIfAbsent(name, service) != null) {
            Located<String> said = found.labels().get(PREFIX + "name");
            complaint.label(
                    PREFIX + "name",
                    "another container is called " + name + " in the group " + group,
                    said == null ? found.labels().firstEntry().getValue().span() : said.span(),
                    "Give one of them another homepage.name.");
        }
    }

    /** {@code widget.type}, and {@code widgets[1].type} of several. */
    @SuppressWarnings("unchecked")
    private static void put(
            Map<String, Object> service,
            String key,
            Object value,
            Map.Entry<String, Located<String>> label,
            Complaint complaint) {
        Map<String, Object> here = service;
        String[] parts = key.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].replaceAll("\\[\\d+\\]$", "");
            boolean last = i == parts.length - 1;
            Object there = here.get(part);
            boolean indexed = !part.equals(parts[i]);
            if (last && !indexed && there == null) {
                here.put(part, value);
            } else if (!last && indexed && (there == null || there instanceof List<?>)) {
                List<Object> list = (List<Object>) here.computeIfAbsent(part, k -> new ArrayList<>());
                int index = Integer.parseInt(parts[i].substring(part.length() + 1, parts[i].length() - 1));
                while (list.size() <= index) {
                    list.add(new LinkedHashMap<String, Object>());
                }
                here = (Map<String, Object>) list.get(index);
            } else if (!last && !indexed && (there == null || there instanceof Map<?, ?>)) {
                here = (Map<String, Object>) here.computeIfAbsent(part, k -> new LinkedHashMap<String, Object>());
            } else {
                complaint.label(
                        label.getKey(),
                        "it is said in two ways",
                        label.getValue().span(),
                        null);
                return;
            }
        }
    }

    /** A password of digits stays a text. */
    private static Object typed(String key, String value) {
        if (value.matches("true|false")) {
            return Boolean.valueOf(value);
        }
        if (key.equals("weight") && value.matches("-?\\d{1,9}")) {
            return Long.valueOf(value);
        }
        if (value.startsWith("[") && value.endsWith("]")) {
            try {
                List<Object> list = new ArrayList<>();
                JsonArray array = JsonParser.parseString(value).getAsJsonArray();
                for (JsonElement each : array) {
                    list.add(each.getAsString());
                }
                return list;
            } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
                return value;
            }
        }
        return value;
    }

    /** The file without its first line. */
    String text() {
        List<Object> all = new ArrayList<>();
        groups.forEach((group, services) -> {
            List<Object> list = new ArrayList<>();
            services.forEach((name, service) -> list.add(Map.of(name, service)));
            all.add(Map.of(group, list));
        });
        return all.isEmpty() ? "[]\n" : YamlText.of(all);
    }

    String entries() {
        int services = groups.values().stream().mapToInt(Map::size).sum();
        return services + (services == 1 ? " service" : " services");
    }
}
