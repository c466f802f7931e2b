package dev.tengil.contract;

import dev.tengil.host.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What real programs answered, as a text that a person can read and both hosts can carry out. A file of it begins on a machine as it is
 * after its first start, and holds these lines:
 *
 * <pre>
 * # a remark
 * hide PATTERN   what matches is a figure of the machine, and shown as ‹hidden›
 * $ COMMAND      a program with its words, quoted as for a shell
 * &lt; TEXT         a line of its standard input; ␀ is a NUL, and at the end of a line stands for the line break
 * @ DEED         what somebody does by hand, see {@link Deed}
 *   TEXT         a line that it printed
 * ! TEXT         a line that it printed as an error
 * exit N         its exit code, where it is not 0
 * </pre>
 *
 * <p>Of a usage complaint (exit code 2) only the first line is kept: what follows is the program's help.
 */
public record Contract(String name, List<Line> lines) {

    static final Path FOLDER = Path.of("src/test/resources/contract");
    private static final String HIDDEN = "‹hidden›";
    private static final int USAGE = 2;

    /** A part of the text. */
    public sealed interface Line {

        /** For the reader. */
        record Remark(String text) implements Line {}

        /** A pattern of what differs from one run to the next. */
        record Hide(String pattern) implements Line {}

        /** What was done, and what was recorded of it. */
        record Step(String text, List<String> words, boolean byHand, String stdin, Result result) implements Line {}
    }

    /** All of them. */
    public static List<Contract> all() throws IOException {
        List<Contract> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".txt"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString();
                all.add(new Reader(Files.readAllLines(file)).read(name.substring(0, name.length() - ".txt".length())));
            }
        }
        return all;
    }

    public List<Line.Step> steps() {
        return lines.stream()
                .filter(Line.Step.class::isInstance)
                .map(Line.Step.class::cast)
                .toList();
    }

    /** The same text with these answers, one for every step. */
    public Contract answered(List<Result> results) {
        List<Line> fresh = new ArrayList<>();
        int step = 0;
        for (Line line : lines) {
            fresh.add(
                    line instanceof Line.Step said
                            ? new Line.Step(said.text, said.words, said.byHand, said.stdin, results.get(step++))
                            : line);
        }
        return new Contract(name, fresh);
    }

    /** In the place of what was written down before. */
    public void write() throws IOException {
        write(FOLDER);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(name + ".txt"), toString());
    }

    /** The text itself. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Line line : lines) {
            switch (line) {
                case Line.Remark(String text) -> out.append(text).append('\n');
                case Line.Hide(String pattern) ->
                    out.append("hide ").append(pattern).append('\n');
                case Line.Step step -> print(out, step);
            }
        }
        return out.toString();
    }

    private void print(StringBuilder out, Line.Step step) {
        out.append(step.byHand ? "@ " : "$ ").append(step.text).append('\n');
        step.stdin
                .replace("\0", "␀\n")
                .lines()
                .forEach(line -> out.append("< ").append(line).append('\n'));
        hidden(step.result.out())
                .lines()
                .forEach(line -> out.append("  ").append(line).append('\n'));
        hidden(step.result.err())
                .lines()
                .limit(step.result.exit() == USAGE ? 1 : Long.MAX_VALUE)
                .forEach(line -> out.append("! ").append(line).append('\n'));
        if (step.result.exit() != 0) {
            out.append("exit ").append(step.result.exit()).append('\n');
        }
    }

    private String hidden(String text) {
        String shown = text;
        for (Line line : lines) {
            if (line instanceof Line.Hide(String pattern)) {
                shown = shown.replaceAll(pattern, HIDDEN);
            }
        }
        return shown;
    }

    /** From text to lines. */
    private static final class Reader {

        private final List<String> text;
        private final List<Line> lines = new ArrayList<>();
        private int at;

        Reader(List<String> text) {
            this.text = text;
        }

        Contract read(String name) {
            while (at < text.size()) {
                String line = text.get(at);
                if (line.startsWith("$ ") || line.startsWith("@ ")) {
                    at++;
                    lines.add(step(line.substring(2), line.startsWith("@")));
                } else if (line.startsWith("hide ")) {
                    at++;
                    lines.add(new Line.Hide(line.substring("hide ".length())));
                } else if (line.isEmpty() || line.startsWith("#")) {
                    at++;
                    lines.add(new Line.Remark(line));
                } else {
                    throw new IllegalArgumentException(name + ":" + (at + 1) + " is no line of a contract: " + line);
                }
            }
            return new Contract(name, lines);
        }

        private Line.Step step(String said, boolean byHand) {
            String stdin = block("< ").replace("␀\n", "\0");
            String out = block("  ");
            String err = block("! ");
            int exit = 0;
            if (at < text.size() && text.get(at).startsWith("exit ")) {
                exit = Integer.parseInt(text.get(at++).substring("exit ".length()));
            }
            return new Line.Step(said, words(said), byHand, stdin, Result.of(exit, out, err));
        }

        private String block(String mark) {
            StringBuilder block = new StringBuilder();
            while (at < text.size() && text.get(at).startsWith(mark)) {
                block.append(text.get(at++).substring(mark.length())).append('\n');
            }
            return block.toString();
        }

        /** Words between blanks; what stands in apostrophes or quotation marks is taken as it is. */
        private static List<String> words(String said) {
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            char quote = 0;
            boolean inWord = false;
            for (char c : (said + " ").toCharArray()) {
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                    word.append(quote == 0 ? "" : c);
                } else if (c == '\'' || c == '"') {
                    quote = c;
                    inWord = true;
                } else if (c != ' ') {
                    word.append(c);
                    inWord = true;
                } else if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            }
            return words;
        }
    }
}
