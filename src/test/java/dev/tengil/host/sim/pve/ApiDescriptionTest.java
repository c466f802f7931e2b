package dev.tengil.host.sim.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tengil.host.sim.pve.schema.Format;
import dev.tengil.host.sim.pve.schema.Property;
import dev.tengil.host.sim.pve.schema.PropertyFormat;
import dev.tengil.host.sim.pve.schema.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the simulated parameters with Proxmox's own description of its API, where that stands beside the checkout. */
class ApiDescriptionTest {

    private static final String NAME = "pve-api.json";

    /** In a folder {@code reference} of whatever lies beside the checkout. */
    private static @Nullable Path description() throws IOException {
        try (Stream<Path> beside = Files.list(Path.of("..").toAbsolutePath().normalize())) {
            return beside.map(folder -> folder.resolve("reference").resolve(NAME))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Map<String, JsonObject> described() throws IOException {
        Path description = description();
        assumeTrue(
                description != null,
                "no description of Proxmox's API (reference/" + NAME + ") lies beside the checkout");
        Map<String, JsonObject> endpoints = new HashMap<>();
        JsonParser.parseString(Files.readString(description))
                .getAsJsonObject()
                .getAsJsonArray("endpoints")
                .forEach(each -> endpoints.put(
                        each.getAsJsonObject().get("method").getAsString() + " "
                                + each.getAsJsonObject().get("path").getAsString(),
                        each.getAsJsonObject()));
        return endpoints;
    }

    @Test
    void every_simulated_endpoint_and_parameter_exists_with_the_same_type_and_limits() throws Exception {
        Map<String, JsonObject> described = described();
        List<String> differences = new ArrayList<>();
        for (Route route : new Api().routes()) {
            String name = route.verb().method() + " " + route.path();
            JsonObject endpoint = described.get(name);
            if (endpoint == null) {
                if (!route.path().endsWith("/version") && !route.path().endsWith("/execute")) {
                    differences.add(name + " is no endpoint");
                }
                continue;
            }
            JsonObject parameters = endpoint.getAsJsonObject("parameters");
            for (Property property : route.parameters().list()) {
                JsonElement theirs = parameters.get(property.name());
                if (theirs == null) {
                    differences.add(name + ": no parameter " + property.name());
                } else {
                    compare(name + " " + property.name(), property, theirs.getAsJsonObject(), differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void create_and_set_know_every_option_that_proxmox_does() throws Exception {
        Map<String, JsonObject> described = described();
        for (String name : List.of("POST /nodes/{node}/lxc", "PUT /nodes/{node}/lxc/{vmid}/config")) {
            TreeSet<String> missing = new TreeSet<>(
                    described.get(name).getAsJsonObject("parameters").keySet());
            (name.startsWith("POST") ? GuestRoutes.CREATE : GuestRoutes.CHANGE)
                    .list()
                    .forEach(property -> missing.remove(property.name()));
            missing.removeAll(List.of("node", "vmid"));
            assertThat(missing).as(name).isEmpty();
        }
    }

    private static void compare(String where, Property ours, JsonObject theirs, List<String> differences) {
        boolean optional = theirs.has("optional") && theirs.get("optional").getAsBoolean();
        if (optional == ours.required()) {
            differences.add(where + ": required differs");
        }
        switch (ours.type()) {
            case Type.Int(Long min, Long max) -> {
                limit(where, "minimum", min, theirs, differences);
                limit(where, "maximum", max, theirs, differences);
            }
            case Type.OneOf(List<String> values) -> {
                List<String> enumeration = new ArrayList<>();
                if (theirs.has("enum")) {
                    theirs.getAsJsonArray("enum").forEach(value -> enumeration.add(value.getAsString()));
                }
                if (!new TreeSet<>(enumeration).equals(new TreeSet<>(values))) {
                    differences.add(where + ": " + values + " is not " + enumeration);
                }
            }
            case Type.Formatted(Format format, int length) -> format(where, format.id(), theirs, differences);
            case Type.ListOf(Format format) -> format(where, format.id() + "-list", theirs, differences);
            case Type.Properties(PropertyFormat format) -> {
                JsonObject keys = theirs.getAsJsonObject("propertyString");
                if (keys == null) {
                    differences.add(where + " is no property string");
                    return;
                }
                TreeSet<String> names = new TreeSet<>();
                for (Property key : format.keys()) {
                    names.add(key.name());
                    if (keys.has(key.name())) {
                        compare(where + "." + key.name(), key, keys.getAsJsonObject(key.name()), differences);
                    }
                }
                if (!names.equals(new TreeSet<>(keys.keySet()))) {
                    differences.add(where + ": " + names + " is not " + keys.keySet());
                }
            }
            case Type.Bool() -> {
                if (!theirs.get("type").getAsString().equals("boolean")) {
                    differences.add(where + " is no boolean");
                }
            }
            case Type.Num _, Type.Matching _, Type.Text _ -> {
                // Their patterns are Perl's; the recorded answers of the real programs hold ours.
            }
        }
    }

    private static void limit(String where, String name, Long ours, JsonObject theirs, List<String> differences) {
        Long limit = theirs.has(name) ? Long.valueOf(theirs.get(name).getAsLong()) : null;
        if (!java.util.Objects.equals(ours, limit)) {
            differences.add(where + ": " + name + " " + ours + " is not " + limit);
        }
    }

    private static void format(String where, String ours, JsonObject theirs, List<String> differences) {
        String format = theirs.has("format") ? theirs.get("format").getAsString() : "";
        if (!format.equals(ours)) {
            differences.add(where + ": format " + ours + " is not " + format);
        }
    }
}
