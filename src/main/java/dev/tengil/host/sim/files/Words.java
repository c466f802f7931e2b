package dev.tengil.host.sim.files;

import java.util.ArrayList;
import java.util.List;

/** Splits the words of a coreutils call: options first, operands behind them or behind {@code --}. */
record Words(List<String> options, List<String> operands) {

    static Words of(List<String> words) {
        List<String> options = new ArrayList<>();
        List<String> operands = new ArrayList<>();
        boolean over = false;
        for (String word : words) {
            if (!over && word.equals("--")) {
                over = true;
            } else if (!over && word.startsWith("-") && word.length() > 1) {
                options.add(word);
            } else {
                operands.add(word);
            }
        }
        return new Words(options, operands);
    }

    boolean has(String... names) {
        return List.of(names).stream().anyMatch(options::contains);
    }

    /** An option that is not among the known ones; empty when all are known. */
    String unknown(String... known) {
        return options.stream()
                .filter(option -> !List.of(known).contains(option))
                .findFirst()
                .orElse("");
    }

    /** How GNU programs put a name into a message. */
    static String quoted(String name) {
        return "'" + name.replace("'", "'\\''") + "'";
    }

    /** How find, mkdir and some complaints of chmod put a name into a message under a UTF-8 locale. */
    static String typographic(String name) {
        return "\u2018" + name + "\u2019";
    }

    /** The directory of a path. */
    static String parent(String path) {
        return path.lastIndexOf('/') <= 0 ? "/" : path.substring(0, path.lastIndexOf('/'));
    }

    /** What GNU programs say of an option that they do not know. */
    static String complaint(String program, String option) {
        return option.startsWith("--")
                ? program + ": unrecognized option '" + option + "'\nTry '" + program + " --help' for more information."
                : program + ": invalid option -- '" + option.charAt(1) + "'\nTry '" + program
                        + " --help' for more information.";
    }
}
