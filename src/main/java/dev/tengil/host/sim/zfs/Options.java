package dev.tengil.host.sim.zfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single-letter options as getopt(3) takes them apart. */
final class Options {

    private final Map<Character, List<String>> given = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private @Nullable String problem;

    /**
     * @param spec letters; one followed by a colon takes a value
     */
    Options(List<String> words, String spec) {
        int i = 0;
        while (i < words.size() && problem == null) {
            String word = words.get(i);
            if (word.equals("--")) {
                i++;
                break;
            }
            if (!word.startsWith("-") || word.length() == 1) {
                break;
            }
            i = letters(words, i, spec) + 1;
        }
        operands.addAll(words.subList(Math.min(i, words.size()), words.size()));
    }

    private int letters(List<String> words, int at, String spec) {
        String word = words.get(at);
        for (int j = 1; j < word.length(); j++) {
            char letter = word.charAt(j);
            int known = spec.indexOf(letter);
            if (known < 0 || letter == ':') {
                problem = "invalid option '" + letter + "'";
                return at;
            }
            List<String> values = given.computeIfAbsent(letter, key -> new ArrayList<>());
            if (known + 1 < spec.length() && spec.charAt(known + 1) == ':') {
                if (j + 1 < word.length()) {
                    values.add(word.substring(j + 1));
                } else if (at + 1 < words.size()) {
                    values.add(words.get(at + 1));
                    return at + 1;
                } else {
                    problem = "missing argument for '" + letter + "' option";
                }
                return at;
            }
        }
        return at;
    }

    @Nullable
    String problem() {
        return problem;
    }

    boolean has(char letter) {
        return given.containsKey(letter);
    }

    List<String> values(char letter) {
        return given.getOrDefault(letter, List.of());
    }

    List<String> operands() {
        return operands;
    }
}
