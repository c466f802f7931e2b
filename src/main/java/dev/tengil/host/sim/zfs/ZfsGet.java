package dev.tengil.host.sim.zfs;

import com.google.gson.JsonObject;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code zfs get}. */
final class ZfsGet {

    private static final Set<String> BYTES = Set.of(
            "quota",
            "refquota",
            "reservation",
            "refreservation",
            "recordsize",
            "used",
            "available",
            "referenced",
            "volsize");

    private ZfsGet() {}

    static int run(Call call, List<String> words) {
        Options options = new Options(ZfsJson.withoutIntegers(words), "Hprjd:o:t:s:");
        if (options.problem() != null || options.operands().isEmpty()) {
            String problem = options.problem() != null ? options.problem() : "missing property argument";
            return ZfsProgram.usage(
                    call,
                    problem,
                    "get [-rHp] [-d max] [-o \"all\" | field[,...]] <\"all\" | property[,...]> [dataset] ...");
        }
        Zfs zfs = call.world().zfs();
        List<String> columns = options.values('o').isEmpty()
                ? List.of("name", "property", "value", "source")
                : List.of(options.values('o').getLast().split(",", -1));
        Set<String> types = types(options);
        List<String> properties = properties(options.operands().getFirst());
        for (String property : properties) {
            if (ZfsProperties.known(property) == null && !ZfsProperties.isUser(property)) {
                return ZfsProgram.usage(call, "bad property list: invalid property '" + property + "'", "get [-rHp] …");
            }
        }
        boolean all = options.operands().getFirst().equals("all");
        int exit = 0;
        List<String> names = options.operands().subList(1, options.operands().size());
        List<Zdataset> chosen = new ArrayList<>();
        for (String name : names.isEmpty() ? zfs.pools() : names) {
            Zdataset dataset = zfs.get(name);
            if (dataset == null) {
                call.err("cannot open '" + name + "': dataset does not exist");
                exit = 1;
            } else if (options.has('r') || names.isEmpty()) {
                zfs.tree(name, types.contains("snapshot")).stream()
                        .filter(each -> types.contains(each.type()))
                        .forEach(chosen::add);
            } else {
                chosen.add(dataset);
            }
        }
        chosen.sort(Zfs.ORDER);
        if (options.has('j')) {
            JsonObject datasets = new JsonObject();
            boolean integers = ZfsJson.integers(words);
            chosen.forEach(each ->
                    datasets.add(each.name(), ZfsJson.dataset(zfs, each, properties, options.has('p'), integers)));
            call.out(ZfsJson.answer("zfs get", "datasets", datasets));
            return exit;
        }
        for (Zdataset dataset : chosen) {
            List<String> shown = new ArrayList<>(properties);
            if (all) {
                dataset.properties().keySet().stream()
                        .filter(ZfsProperties::isUser)
                        .forEach(shown::add);
            }
            for (String property : shown) {
                Zfs.Value value = zfs.get(dataset.name(), property);
                boolean unset = all && value.value().equals("-");
                boolean hidden = unset || !sourceWanted(options, value.source());
                if (!hidden) {
                    call.out(row(
                            columns,
                            dataset.name(),
                            property,
                            shown(property, value.value(), options.has('p')),
                            value.source()));
                }
            }
        }
        return exit;
    }

    private static boolean sourceWanted(Options options, String source) {
        if (options.values('s').isEmpty()) {
            return true;
        }
        String kind = source.startsWith("inherited") ? "inherited" : source.equals("-") ? "none" : source;
        return List.of(options.values('s').getLast().split(",", -1)).contains(kind);
    }

    private static Set<String> types(Options options) {
        Set<String> types = new java.util.HashSet<>();
        for (String list : options.values('t')) {
            types.addAll(List.of(list.split(",", -1)));
        }
        return types.isEmpty() ? Set.of("filesystem", "volume", "snapshot") : types;
    }

    private static List<String> properties(String list) {
        List<String> properties = new ArrayList<>();
        if (list.equals("all")) {
            ZfsProperties.names().forEach(properties::add);
        } else {
            properties.addAll(List.of(list.split(",", -1)));
        }
        return properties;
    }

    static String shown(String property, String value, boolean exact) {
        return !exact && BYTES.contains(property) && value.matches("\\d+")
                ? (value.equals("0") ? "none" : nice(Long.parseLong(value)))
                : value;
    }

    /** A number in at most five characters, as zfs prints it without {@code -p}. */
    static String nice(long number) {
        int power = 0;
        long whole = number;
        while (whole >= 1024) {
            whole /= 1024;
            power++;
        }
        String unit = power == 0 ? "" : "KMGTPE".substring(power - 1, power);
        double value = number / Math.pow(1024, power);
        for (int digits = value == whole ? 0 : 2; digits > 0; digits--) {
            String text = String.format(Locale.ROOT, "%." + digits + "f", value) + unit;
            if (text.length() <= 5) {
                return text;
            }
        }
        return Math.round(value) + unit;
    }

    private static String row(List<String> columns, String name, String property, String value, String source) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            cells.add(
                    switch (column) {
                        case "name" -> name;
                        case "property" -> property;
                        case "value" -> value;
                        case "source" -> source;
                        default -> "-";
                    });
        }
        return String.join("\t", cells);
    }
}
