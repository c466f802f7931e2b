package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The shell of a recording, carried out on a simulated host: statements, pipes, redirections, variables, {@code $(…)} and {@code for}.
 * It stands between the recorded line and the programs, so it never answers for one that the simulated host has.
 */
final class RecordedShell {

    private final SimulatedHost host;
    private final TextTools tools;
    private final Map<String, String> variables = new TreeMap<>();
    private final TreeSet<String> missing = new TreeSet<>();
    private int exit;

    RecordedShell(SimulatedHost host) {
        this.host = host;
        this.tools = new TextTools(host);
    }

    /** What a line did. */
    record Outcome(Result result, TreeSet<String> missing) {}

    /** Runs a line of the recording. */
    Outcome run(String line) throws HostException {
        missing.clear();
        variables.clear();
        String directory = "";
        Sink sink = new Sink();
        exit = 0;
        try {
            for (List<String> statement : statements(Recordings.said(line))) {
                if (statement.size() == 2 && statement.getFirst().equals("cd")) {
                    directory = statement.getLast();
                    stand(directory, true);
                } else {
                    statement(statement, sink);
                }
            }
        } finally {
            if (!directory.isEmpty()) {
                stand(directory, false);
            }
        }
        return new Outcome(Result.of(exit, sink.out.toString(), sink.err.toString()), new TreeSet<>(missing));
    }

    /** A shell whose working directory is in a dataset keeps that in use. */
    private void stand(String directory, boolean there) {
        host.look(world -> {
            String dataset = world.disk().datasetOf(directory);
            if (dataset != null && there) {
                world.texts("open").put(dataset, "a shell");
            } else if (dataset != null) {
                world.texts("open").remove(dataset);
            }
            return true;
        });
    }

    private static final class Sink {
        private final StringBuilder out = new StringBuilder();
        private final StringBuilder err = new StringBuilder();
    }

    /** Splits at semicolons and ends of lines that are in no quotes; a here-document stays with its statement. */
    private static List<List<String>> statements(String line) {
        List<List<String>> statements = new ArrayList<>();
        String text = line;
        int here = text.indexOf("<<X\n");
        if (here >= 0) {
            int end = text.indexOf("\nX\n", here);
            statements.addAll(split(text.substring(0, here)));
            statements.getLast().add("<<<");
            statements.getLast().add(text.substring(here + 4, end + 1));
            text = text.substring(end + 3);
        }
        statements.addAll(split(text));
        return statements;
    }

    private static List<List<String>> split(String text) {
        List<List<String>> statements = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        int depth = 0;
        String all = text + "\n";
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            if (quote != 0 || depth > 0) {
                word.append(c);
                if (c == '\\' && quote != '\'' && i + 1 < all.length()) {
                    word.append(all.charAt(++i));
                } else if (quote != 0 && c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                }
                depth += quote == 0 && c == '(' ? 1 : quote == 0 && c == ')' ? -1 : 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
                word.append(c);
                inWord = true;
            } else if (c == '\\' && i + 1 < all.length()) {
                word.append(c).append(all.charAt(++i));
                inWord = true;
            } else if (c == '(' && word.toString().endsWith("$")) {
                depth = 1;
                word.append(c);
            } else if (" \n;|<>".indexOf(c) >= 0 || (c == '&' && i + 1 < all.length() && all.charAt(i + 1) == ' ')) {
                boolean errors = c == '>' && word.toString().equals("2");
                if (inWord && !errors) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
                if (c == '>' || c == '<') {
                    String operator = errors ? "2>" : String.valueOf(c);
                    if (all.startsWith(">&1", i)) {
                        operator = "2>&1";
                        i += 2;
                    } else if (all.startsWith(">>", i)) {
                        operator = ">>";
                        i++;
                    }
                    words.add(operator);
                } else if (c == '|') {
                    words.add("|");
                } else if (c != ' ' && !words.isEmpty()) {
                    statements.add(new ArrayList<>(words));
                    words.clear();
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        return joinLoops(statements);
    }

    /** {@code for x in …}, {@code do …} and {@code done} are one statement. */
    private static List<List<String>> joinLoops(List<List<String>> statements) {
        List<List<String>> joined = new ArrayList<>();
        for (List<String> statement : statements) {
            boolean inside = !joined.isEmpty()
                    && joined.getLast().getFirst().equals("for")
                    && !joined.getLast().getLast().equals("done");
            if (inside) {
                joined.getLast().add(";");
                joined.getLast().addAll(statement);
            } else {
                joined.add(new ArrayList<>(statement));
            }
        }
        return joined;
    }

    private void statement(List<String> statement, Sink sink) throws HostException {
        if (statement.getFirst().equals("for")) {
            int first = statement.indexOf(";");
            List<String> body = statement.subList(first + 2, statement.size() - 2);
            for (String value : statement.subList(3, first)) {
                variables.put(statement.get(1), value);
                pipeline(body, sink);
            }
            return;
        }
        if (statement.size() == 1 && statement.getFirst().matches("(?s)[A-Z]+=.*")) {
            String[] pair = statement.getFirst().split("=", 2);
            variables.put(pair[0], expanded(pair[1], sink));
            return;
        }
        pipeline(statement, sink);
    }

    private void pipeline(List<String> statement, Sink sink) throws HostException {
        String input = "";
        List<String> rest = new ArrayList<>(statement);
        rest.add("|");
        List<String> argv = new ArrayList<>();
        String file = "";
        boolean append = false;
        boolean together = false;
        boolean quiet = false;
        for (int i = 0; i < rest.size(); i++) {
            String word = rest.get(i);
            switch (word) {
                case ">", ">>" -> {
                    append = word.equals(">>");
                    file = expanded(rest.get(++i), sink);
                }
                case "2>" -> quiet = rest.get(++i).equals("/dev/null");
                case "2>&1" -> together = true;
                case "<" -> i++;
                case "<<<" -> input = rest.get(++i);
                case "|" -> {
                    Result result = program(argv, input);
                    exit = result.exit();
                    input = together ? result.err() + result.out() : result.out();
                    sink.err.append(together || quiet ? "" : result.err());
                    if (!file.isEmpty()) {
                        input = tools.save(file, input, append);
                    }
                    argv = new ArrayList<>();
                    file = "";
                    together = false;
                    quiet = false;
                }
                default -> argv.add(expanded(word, sink));
            }
        }
        sink.out.append(input);
    }

    private Result program(List<String> words, String input) throws HostException {
        List<String> argv = words;
        while (argv.getFirst().matches("[A-Z_]+=.*")) {
            argv = argv.subList(1, argv.size());
        }
        Result own = tools.run(argv, input);
        if (own != null) {
            return own;
        }
        Result result = host.run(Command.changes(argv).withStdin(Bytes.utf8(input)));
        if (result.exit() == 127 && result.err().equals(argv.getFirst() + ": command not found\n")) {
            missing.add(argv.getFirst());
        }
        return result;
    }

    /** A word without its quotes, variables and commands replaced by what they are. */
    private String expanded(String word, Sink sink) throws HostException {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < word.length();
            if (word.startsWith("$'", i) && quote == 0) {
                int end = word.indexOf('\'', i + 2);
                out.append(word.substring(i + 2, end).replace("\\n", "\n"));
                i = end;
            } else if (escapes && (quote == 0 || "\"\\$`".indexOf(word.charAt(i + 1)) >= 0)) {
                out.append(word.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c == '$' && quote != '\'' && word.startsWith("$(", i)) {
                int end = word.lastIndexOf(')');
                Sink inner = new Sink();
                for (List<String> statement : split(word.substring(i + 2, end))) {
                    pipeline(statement, inner);
                }
                sink.err.append(inner.err);
                out.append(inner.out.toString().stripTrailing());
                i = end;
            } else if (c == '$' && quote != '\'' && word.startsWith("$?", i)) {
                out.append(exit);
                i++;
            } else if (c == '$' && quote != '\'' && i + 1 < word.length() && Character.isLetter(word.charAt(i + 1))) {
                int end = i + 1;
                while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
                    end++;
                }
                out.append(variables.getOrDefault(word.substring(i + 1, end), ""));
                i = end - 1;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
