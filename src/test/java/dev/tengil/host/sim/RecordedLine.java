package dev.tengil.host.sim;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostException;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recorded shell line carried out on a simulated host: statements, pipes, output into files, and of the programs that people use
 * beside what the host has, printf, echo, head and the one way sed was used.
 */
final class RecordedLine {

    private final SimulatedHost host;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private int exit;

    private RecordedLine(SimulatedHost host) {
        this.host = host;
    }

    /** What it printed; null when it needs a program that is not simulated. */
    static @Nullable Result run(SimulatedHost host, String line) throws HostException {
        RecordedLine run = new RecordedLine(host);
        for (List<String> statement : split(words(line), ";")) {
            if (!statement.isEmpty() && !run.pipeline(statement)) {
                return null;
            }
        }
        return Result.of(run.exit, run.out.toString(), run.err.toString());
    }

    private boolean pipeline(List<String> statement) throws HostException {
        String input = "";
        for (List<String> stage : split(statement, "|")) {
            List<String> argv = new ArrayList<>();
            String file = "";
            boolean together = false;
            for (int i = 0; i < stage.size(); i++) {
                switch (stage.get(i)) {
                    case ">" -> file = stage.get(++i);
                    case "<" -> i++;
                    case "2>&1" -> together = true;
                    default -> argv.add(stage.get(i).substring(1));
                }
            }
            Result result = program(argv, input);
            if (result == null) {
                return false;
            }
            input = together ? result.err() + result.out() : result.out();
            err.append(together ? "" : result.err());
            exit = result.exit();
            if (!file.isEmpty() && !file.equals("'/dev/null")) {
                host.write(new FileWrite(HostPath.of(file.substring(1)), Bytes.utf8(input), 0644));
            }
            input = file.isEmpty() ? input : "";
        }
        out.append(input);
        return true;
    }

    private @Nullable Result program(List<String> argv, String input) throws HostException {
        return switch (argv.getFirst()) {
            case "echo" -> Result.of(0, String.join(" ", argv.subList(1, argv.size())) + "\n", "");
            case "printf" -> Result.of(0, argv.get(1).replace("\\n", "\n").replace("\\\\", "\\"), "");
            case "head" -> Result.of(0, head(input, Integer.parseInt(argv.get(1).substring(1))), "");
            case "sed" -> sed(argv);
            case "net", "smbclient", "smbstatus", "smbd", "showmount", "mount", "grep", "wc", "cut" -> null;
            default -> host.run(Command.changes(argv).withStdin(Bytes.utf8(input)));
        };
    }

    private static String head(String text, int lines) {
        return text.lines().limit(lines).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** {@code sed -i '/PATTERN/a LINE' FILE}. */
    private Result sed(List<String> argv) throws HostException {
        String[] script = argv.get(2).substring(1).split("/a ", 2);
        HostPath path = HostPath.of(argv.get(3));
        String before = host.run(Command.reads("cat", path.value())).out();
        String after = before.replaceFirst("(?m)^.*" + script[0].replace("^", "") + ".*\n", "$0" + script[1] + "\n");
        host.write(new FileWrite(path, Bytes.utf8(after), 0644));
        return Result.of(0, "", "");
    }

    private static List<List<String>> split(List<String> words, String at) {
        List<List<String>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        for (String word : words) {
            if (word.equals(at)) {
                parts.add(new ArrayList<>());
            } else {
                parts.getLast().add(word);
            }
        }
        return parts;
    }

    /** Words behind an apostrophe, operators as they are. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        String text = line + "\n";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = c == '\\' && quote == '"' && "\"\\$`".indexOf(text.charAt(i + 1)) >= 0;
            if (escaped) {
                word.append(text.charAt(++i));
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
                word.append(quote == 0 ? "" : c);
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (" \n;|<>".indexOf(c) >= 0) {
                boolean errors = c == '>' && word.toString().equals("2");
                if (inWord && !errors) {
                    words.add("'" + word);
                }
                inWord = false;
                word.setLength(0);
                if (errors) {
                    words.add("2>&1");
                    i += "&1".length();
                } else if (c != ' ') {
                    words.add(c == '\n' ? ";" : String.valueOf(c));
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        return words;
    }
}
