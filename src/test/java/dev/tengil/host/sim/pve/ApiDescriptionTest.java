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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the simulated parameters with Proxmox's own description of its API, where that stands beside the checkout. */
class ApiDescriptionTest {

    private static final String NAME = "pve-api.json";

    /** Of the settings of a storage, those that the simulated kinds have; the others are of Ceph, iSCSI and the like. */
    private static final Set<String> OF_ZFSPOOL_AND_DIR = Set.of(
            "type",
            "storage",
            "path",
            "pool",
            "content",
            "nodes",
            "disable",
            "sparse",
            "blocksize",
            "mountpoint",
            "shared");

    /** In a folder {@code reference} of whatever lies beside the checkout. */
    private static @Nullable Path description() throws IOException {
        try (Stream<Path> beside = Files.list(Path.of("..").toAbsolutePath().normalize())) {
            return beside.map(folder -> folder.resolve("reference").resolve(NAME))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static JsonObject read() throws IOException {
        Path description = description();
        assumeTrue(
                description != null,
                "no description of Proxmox's API (reference/" + NAME + ") lies beside the checkout");
        return JsonParser.parseString(Files.readString(description)).getAsJsonObject();
    }

    private static Map<String, JsonObject> described() throws IOException {
        Map<String, JsonObject> endpoints = new HashMap<>();
        read().getAsJsonArray("endpoints")
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
                differences.add(name + " is no endpoint");
                continue;
            }
            JsonObject parameters = endpoint.getAsJsonObject("parameters");
            for (String theirs : parameters.keySet()) {
                boolean inPath = route.path().contains("{" + theirs + "}");
                boolean left = route.path().startsWith("/storage") && !OF_ZFSPOOL_AND_DIR.contains(theirs);
                if (!inPath
                        && !left
                        && route.parameters().list().stream()
                                .noneMatch(ours -> ours.name().equals(theirs))) {
                    differences.add(name + ": does not know " + theirs);
                }
            }
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

    /** What tengil asks pvesh for, wherever its source says so: a path in pieces is put together with a placeholder between them. */
    private static final Pattern PATH = Pattern.compile(
            "\"(/(?:nodes|cluster|storage|pools|version|access)\\b[^\"]*)\"((?:\\s*\\+\\s*[\\w.()]+(?:\\s*\\+\\s*\"[^\"]*\")?)*)");

    private static final Pattern PIECE = Pattern.compile("\\+\\s*(?:\"([^\"]*)\"|[\\w.()]+)");

    private static Set<String> pathsThatTengilUses() throws IOException {
        TreeSet<String> paths = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/tengil"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> !each.toString().contains("/host/sim/"))
                    .toList()) {
                String text = Files.readString(file);
                Matcher path = text.contains("\"pvesh\"") ? PATH.matcher(text) : PATH.matcher("");
                while (path.find()) {
                    StringBuilder whole = new StringBuilder(path.group(1));
                    Matcher piece = PIECE.matcher(path.group(2));
                    while (piece.find()) {
                        whole.append(piece.group(1) == null ? "x" : piece.group(1));
                    }
                    paths.add(whole.toString());
                }
            }
        }
        return paths;
    }

    @Test
    void every_path_that_tengil_asks_for_is_simulated_and_described() throws Exception {
        Set<String> used = pathsThatTengilUses();
        assertThat(used).contains("/nodes/localhost/lxc", "/nodes/localhost/lxc/x/interfaces", "/cluster/resources");
        for (String path : used) {
            List<Route> routes = new Api()
                    .routes().stream()
                            .filter(route -> route.match(path) != null)
                            .toList();
            assertThat(routes).as(path).isNotEmpty();
        }
        Map<String, JsonObject> described = described();
        for (String path : used) {
            assertThat(new Api()
                            .routes().stream()
                                    .filter(route -> route.match(path) != null)
                                    .map(route -> route.verb().method() + " " + route.path()))
                    .as(path)
                    .anyMatch(described::containsKey);
        }
    }

    @Test
    void every_format_takes_and_refuses_what_its_described_pattern_does() throws Exception {
        JsonObject formats = read().getAsJsonObject("formats");
        List<String> samples =
                new ArrayList<>(List.of("", " ", "a", "A", "ab", "Ab-1", "-a", "a-", "a_b", "a.b", "a b"));
        samples.addAll(
                List.of("100", "99", "1000000000", "a/b", "a/b/c", "a/b/c/d", "1G", "1.5GiB", "G", "192.168.1.1"));
        samples.addAll(List.of("256.1.1.1", "1.2.3", "BC:24:11:00:00:01", "bd:24:11:00:00:01", "BC:24:11:00:00"));
        samples.addAll(
                List.of("local:vztmpl/x.tar", "l:x", "local:", "_tag", "tag+1", "tag!", "host.example.com", "ok"));
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Format format : Format.values()) {
            JsonObject theirs = formats.getAsJsonObject(format.id());
            assertThat(theirs).as(format.id()).isNotNull();
            if (!theirs.has("regex") || theirs.has("range")) {
                continue;
            }
            Pattern pattern = Pattern.compile(theirs.get("regex").getAsString());
            for (String sample : samples) {
                compared++;
                if (pattern.matcher(sample).matches() != (format.complaint(sample) == null)) {
                    differences.add(format.id() + ": '" + sample + "'");
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(300);
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
            case Type.Formatted(Format format, int length) -> {
                format(where, format.id(), theirs, differences);
                length(where, "maxLength", length, theirs, differences);
            }
            case Type.Text(int minLength, int maxLength) -> {
                length(where, "minLength", minLength, theirs, differences);
                length(where, "maxLength", maxLength, theirs, differences);
            }
            case Type.Num(Long min, Long max) -> {
                limit(where, "minimum", min, theirs, differences);
                limit(where, "maximum", max, theirs, differences);
            }
            case Type.Matching(String regex) -> pattern(where, regex, theirs, differences);
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
        }
    }

    private static void limit(String where, String name, Long ours, JsonObject theirs, List<String> differences) {
        Long limit = theirs.has(name) ? Long.valueOf(theirs.get(name).getAsLong()) : null;
        if (!java.util.Objects.equals(ours, limit)) {
            differences.add(where + ": " + name + " " + ours + " is not " + limit);
        }
    }

    private static void length(String where, String name, int ours, JsonObject theirs, List<String> differences) {
        int limit = theirs.has(name) ? theirs.get(name).getAsInt() : 0;
        if (ours != limit) {
            differences.add(where + ": " + name + " " + ours + " is not " + limit);
        }
    }

    private static final List<String> VALUES = List.of(
            "",
            "x",
            "A=1",
            "A=1\0B=",
            "A",
            "a.b=1",
            "A=1\nB",
            "+1G",
            "1.5T",
            "1X",
            "-1",
            "redis:7",
            "redis",
            "Foo/bar:1",
            "Foo:1",
            "docker.io/library/redis:7.2-alpine",
            "localhost:5000/foo:bar",
            "192.168.1.5:5000/x/y:1",
            "quay.io/a/b/c/d:latest",
            "redis@sha256:00",
            "docker://redis:7",
            "docker.io/foo:v1+build",
            "[::1]:5000/x:1",
            "a__b:1",
            "a--b:1",
            "a___b:1",
            "a/Foo:1",
            "-a:1",
            "a-:1",
            "a.b/c",
            "rootfs",
            "mp0",
            "mp255",
            "mp256",
            "mp01",
            "passthrough",
            "u:0:0:1;g:1:2:3",
            "u:0:0:0",
            "noatime;nosuid",
            "noatime,nosuid",
            "0666",
            "666",
            "1;2;3",
            "1,2",
            "vmbr0",
            "eth0",
            "et h0",
            "nfs;cifs");

    private static void pattern(String where, String ours, JsonObject theirs, List<String> differences) {
        if (!theirs.has("pattern")) {
            return;
        }
        // \0 is a NUL in Perl, and octal must follow it in Java.
        String text = theirs.get("pattern")
                .getAsString()
                .replaceFirst("^\\(\\?\\^:", "(?:")
                .replace("\\0", "\\x00");
        Pattern real = Pattern.compile(text);
        for (String value : VALUES) {
            if (real.matcher(value).matches() != Pattern.matches(ours, value)) {
                differences.add(where + ": " + ours + " and " + text + " differ over '" + value + "'");
            }
        }
    }

    private static void format(String where, String ours, JsonObject theirs, List<String> differences) {
        String format = theirs.has("format") ? theirs.get("format").getAsString() : "";
        if (!format.equals(ours)) {
            differences.add(where + ": format " + ours + " is not " + format);
        }
    }
}
