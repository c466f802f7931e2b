package dev.tengil.host.sim.nas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Long options of the shadow programs with their values, and the name at the end. */
record Accounts(Map<String, String> options, List<String> names, String unknown) {

    static Accounts parse(List<String> words, Set<String> flags, Set<String> withValue) {
        Map<String, String> options = new TreeMap<>();
        List<String> names = new ArrayList<>();
        String unknown = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
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

    String name() {
        return names.isEmpty() ? "" : names.getLast();
    }
}
