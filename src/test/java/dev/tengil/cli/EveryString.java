package dev.tengil.cli;

import dev.tengil.model.Key;
import dev.tengil.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** All places of a file where a text may stand, read off the descriptors that the parser reads, and files with a text put there. */
public final class EveryString {

    /** What a shell, an option parser, a property string or a configuration file would take for something else than a value. */
    public static final List<String> HOSTILE = List.of(
            "; touch /pwned",
            "$(touch /pwned)",
            "`touch /pwned`",
            "a\ntouch /pwned",
            "a\n[evil]\n  path = /x",
            "'; touch /pwned; '",
            "\"; touch /pwned; \"",
            "-rf",
            "--help",
            "a,b=c",
            ",mp=/etc,ro=0",
            "x=y",
            "../../pwned",
            "a|b>c<d&e",
            "%U %m",
            "a\\",
            "# x",
            "*");

    private static final String NAME = "<name>";
    private static final String ITEM = "<item>";

    /**
     * A place in no particular file.
     *
     * @param steps keys, or {@link #NAME} for any entry of a mapping, or {@link #ITEM} for any item of a list
     * @param named whether it is the name of the last step's entry instead of its value
     */
    public record Place(List<String> steps, boolean named) {
        @Override
        public String toString() {
            return String.join(".", steps) + (named ? " (its name)" : "");
        }
    }

    /**
     * A file with a text put in.
     *
     * @param root the tree
     * @param at keys and indices down to the text, or to the entry that it names
     */
    public record Put(Map<Object, Object> root, List<Object> at) {}

    private EveryString() {}

    /** What a YAML text says. */
    @SuppressWarnings("unchecked") // the root of a file is a mapping
    public static Map<Object, Object> tree(String yaml) {
        return (Map<Object, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    public static Set<Place> of(Shape.Struct root) {
        Set<Place> places = new LinkedHashSet<>();
        walk(root, List.of(), Set.of(), places);
        return places;
    }

    private static void walk(Shape<?> shape, List<String> path, Set<String> within, Set<Place> places) {
        switch (shape) {
            case Shape.Scalar<?> _ -> places.add(new Place(path, false));
            case Shape.Sequence<?> sequence -> walk(sequence.item(), plus(path, ITEM), within, places);
            case Shape.Mapping<?, ?> mapping -> {
                places.add(new Place(plus(path, NAME), true));
                walk(mapping.value(), plus(path, NAME), within, places);
            }
            case Shape.Struct struct -> {
                if (!within.contains(struct.title())) {
                    Set<String> deeper = new LinkedHashSet<>(within);
                    deeper.add(struct.title());
                    for (Key<?> key : struct.keys().get()) {
                        if (key.support() == Key.Support.NOW) {
                            walk(key.shape(), plus(path, key.name()), deeper, places);
                        }
                    }
                }
            }
            case Shape.Either<?> either -> either.alternatives().forEach(each -> walk(each, path, within, places));
            case Shape.Refined<?, ?> refined -> walk(refined.inner(), path, within, places);
        }
    }

    private static List<String> plus(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    /** A copy of the file with the text at the place, in what stands on the way already. */
    public static Put put(Map<Object, Object> root, Place place, String text) {
        List<Object> at = new ArrayList<>();
        Object changed = changed(root, place, 0, text, at);
        return new Put(map(changed), at);
    }

    private static Object changed(Object node, Place place, int depth, String text, List<Object> at) {
        if (depth == place.steps().size()) {
            return text;
        }
        boolean last = depth == place.steps().size() - 1;
        String step = place.steps().get(depth);
        if (step.equals(ITEM)) {
            List<Object> list = new ArrayList<>(node instanceof List<?> items ? items : List.of());
            int index = 0;
            while (index < list.size() && (last || !(list.get(index) instanceof Map))) {
                index++;
            }
            if (index == list.size()) {
                list.add(Map.of());
            }
            at.add(index);
            list.set(index, changed(list.get(index), place, depth + 1, text, at));
            return list;
        }
        Map<Object, Object> map = new LinkedHashMap<>(map(node));
        Object key = !step.equals(NAME)
                ? step
                : map.isEmpty() ? "x" : map.keySet().iterator().next();
        if (last && place.named()) {
            map.put(text, map.getOrDefault(key, Map.of()));
            at.add(text);
            return map;
        }
        at.add(key);
        map.put(key, changed(map.getOrDefault(key, Map.of()), place, depth + 1, text, at));
        return map;
    }

    @SuppressWarnings("unchecked") // trees of YAML have no types
    private static Map<Object, Object> map(Object node) {
        return node instanceof Map<?, ?> map ? (Map<Object, Object>) map : Map.of();
    }

    /** Each text on a line of its own. */
    public static String yaml(Object root) {
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                        .setSplitLines(false)
                        .setWidth(Integer.MAX_VALUE)
                        .setMultiLineFlow(false)
                        .setDereferenceAliases(true)
                        .build())
                .dumpToString(root);
    }

    /** The lines, from 1, on which the text and what it stands in begin. */
    static Set<Integer> lines(String yaml, List<Object> at) {
        Node node =
                new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
        Set<Integer> lines = new LinkedHashSet<>();
        for (Object step : at) {
            switch (node) {
                case MappingNode mapping -> {
                    NodeTuple entry = mapping.getValue().stream()
                            .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                                    && key.getValue().equals(String.valueOf(step)))
                            .findFirst()
                            .orElseThrow();
                    lines.add(line(entry.getKeyNode()));
                    node = entry.getValueNode();
                }
                case SequenceNode sequence -> node = sequence.getValue().get((Integer) step);
                default -> throw new IllegalStateException(at + " is not in\n" + yaml);
            }
            lines.add(line(node));
        }
        return lines;
    }

    private static int line(Node node) {
        return node.getStartMark().orElseThrow().getLine() + 1;
    }
}
