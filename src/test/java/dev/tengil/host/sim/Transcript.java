package dev.tengil.host.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A recording of real programs: each entry a command line, what it printed on both streams, and its exit code. */
record Transcript(List<Entry> entries) {

    /** One recorded command line. */
    record Entry(String line, String stdout, String stderr, int exit) {

        /** The commands of the line, each as argv; empty when it needs more of a shell than quotes and semicolons. */
        List<List<String>> commands(Set<String> programs) {
            List<List<String>> commands = new ArrayList<>();
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean inWord = false;
            char quote = 0;
            for (char c : (line + ";").toCharArray()) {
                if (quote != 0) {
                    if (c == quote) {
                        quote = 0;
                    } else {
                        word.append(c);
                    }
                } else if (c == '"' || c == '\'') {
                    quote = c;
                    inWord = true;
                } else if ("|&<>$`\\%*".indexOf(c) >= 0) {
                    return List.of();
                } else if (c == ' ' || c == ';') {
                    if (inWord) {
                        words.add(word.toString());
                        word.setLength(0);
                        inWord = false;
                    }
                    if (c == ';' && !words.isEmpty()) {
                        commands.add(List.copyOf(words));
                        words.clear();
                    }
                } else {
                    word.append(c);
                    inWord = true;
                }
            }
            return commands.stream().allMatch(argv -> programs.contains(argv.getFirst())) ? commands : List.of();
        }
    }

    /** Reads a recording among the test's resources; tabs stand there as {@code ^I}. */
    static Transcript named(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Transcript.class.getResourceAsStream("/transcripts/" + name))) {
            List<Entry> entries = new ArrayList<>();
            String text = "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : text.split("\n\\$ ")) {
                int out = block.indexOf("\n--- stdout\n");
                int err = block.indexOf("\n--- stderr\n");
                int exit = block.indexOf("\n--- exit ");
                if (out >= 0 && err >= out && exit >= err) {
                    String code = block.substring(exit + "\n--- exit ".length()).split("\\D", 2)[0];
                    entries.add(new Entry(
                            block.substring(0, out),
                            body(block, out + "\n--- stdout\n".length(), err),
                            body(block, err + "\n--- stderr\n".length(), exit),
                            Integer.parseInt(code)));
                }
            }
            return new Transcript(entries);
        }
    }

    private static String body(String block, int from, int to) {
        return from > to ? "" : block.substring(from, to).replace("^I", "\t") + "\n";
    }
}
