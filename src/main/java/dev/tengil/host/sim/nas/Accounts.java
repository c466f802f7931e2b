package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Disk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Long options of the shadow programs with their values, and the name at the end. */
record Accounts(Map<String, String> options, List<String> names, String unknown) {

    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("-r", "--system"),
            Map.entry("-M", "--no-create-home"),
            Map.entry("-N", "--no-user-group"),
            Map.entry("-u", "--uid"),
            Map.entry("-g", "--gid"),
            Map.entry("-d", "--home-dir"),
            Map.entry("-s", "--shell"),
            Map.entry("-c", "--comment"),
            Map.entry("-G", "--groups"),
            Map.entry("-a", "--append"));

    /** The first id that is free where the shadow programs look: upwards from 1000, for the system downwards from 999. */
    static String freeId(Disk disk, String file, boolean system) {
        Set<String> taken = new HashSet<>();
        Lines.of(disk, file).forEach(line -> taken.add(line.split(":", -1)[2]));
        int id = system ? 999 : 1000;
        while (taken.contains(Integer.toString(id))) {
            id += system ? -1 : 1;
        }
        return Integer.toString(id);
    }

    static Accounts parse(List<String> words, Set<String> flags, Set<String> withValue) {
        Map<String, String> options = new TreeMap<>();
        List<String> names = new ArrayList<>();
        String unknown = "";
        for (int i = 0; i < words.size(); i++) {
            String said = words.get(i);
            String word =
                    flags.contains(SHORT.getOrDefault(said, said)) || withValue.contains(SHORT.getOrDefault(said, said))
                            ? SHORT.getOrDefault(said, said)
                            : said;
            if (word.equals("--")) {
                names.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (flags.contains(word)) {
                options.put(word, "");
            } else if (withValue.contains(word) && i + 1 < words.size()) {
                options.put(word, words.get(++i));
            } else if (word.startsWith("-")) {
                unknown = word;
            } else {
                names.add(word);
            }
        }
        return new Accounts(options, names, unknown);
    }

    /** What Debian's shadow programs take for the name of a user or a group. */
    static boolean isName(String name) {
        return name.matches("[^-+~:,/\\s][^:,/\\s]*") && !name.matches("\\d+|\\.\\.?");
    }

    /** The comment that stands with a user; empty without one. */
    static String comment(Disk disk, String name) {
        return Lines.of(disk, "/etc/passwd").stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.split(":", -1)[4])
                .findFirst()
                .orElse("");
    }

    static boolean isId(String text) {
        return text.matches("\\d{1,9}");
    }

    String name() {
        return names.isEmpty() ? "" : names.getLast();
    }
}
