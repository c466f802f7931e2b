package dev.tengil.host.sim;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers of programs, made comparable: taken out is what differs from run to run and from machine to machine, which is times, numbers of
 * processes and tasks, random MACs, UUIDs and digests, what a disk measures, and the order in which Perl walks its hashes.
 */
final class Answers {

    private static final Pattern ZFS_MEASURED = Pattern.compile(
            "\t(creation|used|available|referenced|createtxg|guid|objsetid|written|usedby\\w+|logical\\w+)\t\\d+\t");
    private static final Pattern FIGURE = Pattern.compile("\t\\d{5,}");

    /** Figures that a running machine measures. */
    private static final List<String> MEASURED = List.of(
            "mem",
            "disk",
            "diskread",
            "pid",
            "uptime",
            "netin",
            "netout",
            "cpu",
            "total",
            "used",
            "avail",
            "used_fraction",
            "ctime",
            "digest",
            "available",
            "referenced",
            "allocated",
            "free",
            "pstart",
            "starttime",
            "guid",
            "pool_guid",
            "createtxg");

    private static final Pattern LISTED = Pattern.compile(
            "([dlrwxsStTbc-]{10})\\s+\\d+\\s+(\\S+)\\s+(\\S+)\\s+(\\d+) \\w{3} [ \\d]\\d (?:\\d\\d:\\d\\d| \\d{4}) (.*)");

    private Answers() {}

    /** One text of all of it. */
    static String comparable(String line, String stdout, String stderr, int exit) {
        boolean zfs = line.matches("(?s)z(fs|pool) .*");
        String out = stdout;
        if (zfs) {
            out = ZFS_MEASURED.matcher(out).replaceAll("\t$1\t#\t");
        }
        if (line.startsWith("zfs list") || line.startsWith("zpool list") || line.contains("; zfs list -Hp")) {
            out = FIGURE.matcher(out).replaceAll("\t#");
        }
        // What follows the first line of a complaint about usage describes the program, and not what went wrong.
        String err = zfs && exit == 2 ? stderr.lines().findFirst().orElse("") + "\n" : stderr;
        return "exit " + exit + "\n" + text(out) + "---\n" + text(err);
    }

    private static String text(String text) {
        List<String> lines = new ArrayList<>();
        List<String> unordered = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = normal(raw.stripTrailing());
            if (raw.startsWith("creating base directory for volume") || raw.startsWith("Auto-Enabling")) {
                unordered.add(line);
            } else if (!line.isEmpty()) {
                lines.addAll(unordered.stream().sorted().toList());
                unordered.clear();
                lines.add(line);
            }
        }
        lines.addAll(unordered.stream().sorted().toList());
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static String normal(String line) {
        if (line.startsWith("[{") || line.startsWith("{")) {
            try {
                return anywhere(canonical("", JsonParser.parseString(line)).toString());
            } catch (JsonParseException e) {
                return anywhere(line);
            }
        }
        var listed = LISTED.matcher(line);
        if (listed.matches()) {
            String size = line.startsWith("-") ? " " + listed.group(4) : "";
            return listed.group(1) + " " + listed.group(2) + " " + listed.group(3) + size + " " + listed.group(5);
        }
        return anywhere(line);
    }

    private static String anywhere(String line) {
        return line.replaceAll("UPID:[^\"\\s]*", "UPID")
                .replaceAll("BC:24:11:(?!00:00:01)[0-9A-F:]{8}", "MAC")
                .replaceAll("bc:24:11:[0-9a-f:]{8}", "mac")
                .replaceAll("fe[8c]0::[0-9a-f:]+", "LL")
                .replaceAll("sha256:[0-9a-f]{64}", "DIGEST")
                .replaceAll("time=\"[^\"]*\"", "TIME")
                .replaceAll("UUID: \\S+", "UUID")
                .replaceAll("tmp\\.\\d+", "tmp")
                .replaceAll("/[0-9a-f]{16}", "/REPO")
                .replaceAll("^total \\d+$", "total")
                .replaceAll("^(mem|disk|diskread|pid|uptime|netin|netout|pressure\\w+): [\\d.]+$", "$1")
                .replaceAll("^(\\S+ +(?:dir|zfspool) +active) .*", "$1")
                .replaceAll("\u0000", "^@");
    }

    /** Objects by key, lists of objects in one order, figures blotted. */
    private static JsonElement canonical(String key, JsonElement element) {
        if (element instanceof JsonObject object) {
            Map<String, JsonElement> sorted = new TreeMap<>();
            object.asMap().forEach((name, value) -> sorted.put(name, canonical(name, value)));
            JsonObject out = new JsonObject();
            boolean digest = String.valueOf(sorted.get("key")).equals("\"digest\"");
            sorted.forEach((name, value) -> {
                boolean measured = value.isJsonPrimitive() && MEASURED.contains(name);
                boolean property = value instanceof JsonObject holder && holder.has("value") && MEASURED.contains(name);
                if (measured
                        || property
                        || name.startsWith("pressure")
                        || name.equals("repoid")
                        || (digest && name.equals("value"))) {
                    out.addProperty(name, "#");
                } else if (name.equals("content") && value.isJsonPrimitive()) {
                    out.addProperty(
                            name,
                            String.join(
                                    ",",
                                    new TreeSet<>(List.of(value.getAsString().split(",")))));
                } else {
                    out.add(name, value);
                }
            });
            return out;
        }
        if (element instanceof JsonArray array) {
            List<JsonElement> items = new ArrayList<>();
            array.forEach(item -> items.add(canonical(key, item)));
            boolean log = !items.isEmpty() && items.getFirst() instanceof JsonObject first && first.has("n");
            if (!log && items.stream().allMatch(JsonElement::isJsonObject)) {
                items.sort(java.util.Comparator.comparing(JsonElement::toString));
            }
            JsonArray out = new JsonArray();
            items.forEach(out::add);
            return out;
        }
        return element;
    }
}
