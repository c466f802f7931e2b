package dev.tengil.host.sim.pve.guest;

import dev.tengil.host.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell text run inside a container, as far as it is plain: commands one behind the other, {@code &&}, {@code ||}, pipes, output into
 * files and variables. Programs that the container does not have are taken to do their work and say nothing.
 */
final class GuestShell {

    private static final Set<String> BEYOND = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "function",
            "{",
            "}",
            "!",
            "exec",
            "eval",
            "trap",
            "shift",
            "read",
            "return",
            "local",
            "export",
            ".",
            "source",
            "cd",
            "unset");
    private static final List<String> OPERATORS = List.of("&&", "||", "2>&1", "2>", ">>", ">", "|", ";", "\n");

    private final GuestTools tools;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final Map<String, String> variables;
    private int exit;
    private boolean stopsAtFailure;

    GuestShell(GuestTools tools) {
        this.tools = tools;
        this.variables = new HashMap<>(tools.variables());
    }

    /** Runs a text; null when there is more of a shell in it than this one understands, and then nothing was done. */
    GuestTools.@Nullable Done run(String script) {
        List<String> words = words(script);
        if (words == null) {
            return null;
        }
        List<String> command = new ArrayList<>();
        String joint = ";";
        words.add(";");
        for (String word : words) {
            if (!List.of("&&", "||", ";", "\n").contains(word)) {
                command.add(word);
                continue;
            }
            boolean runs = !command.isEmpty() && (joint.equals("&&") ? exit == 0 : !joint.equals("||") || exit != 0);
            if (runs && !pipeline(command)) {
                break;
            }
            if (!command.isEmpty() || !word.equals("\n")) {
                joint = word;
            }
            command.clear();
            if (exit != 0 && stopsAtFailure && (joint.equals(";") || joint.equals("\n"))) {
                break;
            }
        }
        return new GuestTools.Done(exit, out.toString(), err.toString());
    }

    /** False when the shell is to end. */
    private boolean pipeline(List<String> words) {
        String input = "";
        List<String> argv = new ArrayList<>();
        String file = "";
        boolean append = false;
        List<String> all = new ArrayList<>(words);
        all.add("|");
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            switch (word) {
                case ">", ">>" -> {
                    append = word.equals(">>");
                    file = value(all.get(++i));
                }
                case "2>" -> i++;
                case "2>&1" -> {
                    // both go the same way here
                }
                case "|" -> {
                    if (argv.equals(List.of("exit"))
                            || (argv.size() == 2 && argv.getFirst().equals("exit"))) {
                        exit = argv.size() == 2 ? Integer.parseInt(argv.getLast()) : exit;
                        return false;
                    }
                    GuestTools.Done done = one(argv, input);
                    exit = done.exit();
                    err.append(done.err());
                    input = done.out();
                    if (!file.isEmpty()) {
                        save(file, input, append);
                        input = "";
                    }
                    argv = new ArrayList<>();
                    file = "";
                }
                default -> argv.add(value(word));
            }
        }
        out.append(input);
        return true;
    }

    private GuestTools.Done one(List<String> argv, String input) {
        if (argv.isEmpty()) {
            return GuestTools.Done.of("");
        }
        if (argv.getFirst().equals("set")) {
            stopsAtFailure = (argv.size() > 1 && argv.get(1).matches("-\\w*e\\w*")) || stopsAtFailure;
            return GuestTools.Done.of("");
        }
        if (argv.size() == 1 && argv.getFirst().matches("(?s)[A-Za-z_]\\w*=.*")) {
            String[] pair = argv.getFirst().split("=", 2);
            variables.put(pair[0], pair[1]);
            return GuestTools.Done.of("");
        }
        GuestTools.Done done = tools.run(argv, input);
        return done == null ? GuestTools.Done.of("") : done;
    }

    private void save(String file, String content, boolean append) {
        if (file.startsWith("/dev/") || tools.files().place(file) == null) {
            return;
        }
        GuestFiles.Seen before = append ? tools.files().seen(file) : null;
        String text = (before == null ? "" : before.inode().content().text()) + content;
        String refused = tools.files().write(file, Bytes.utf8(text));
        if (refused != null) {
            err.append("/bin/sh: can't create ")
                    .append(file)
                    .append(": ")
                    .append(refused)
                    .append('\n');
            exit = 1;
        }
    }

    /** Words with their quotes, and operators; null when the text has what this shell does not know. */
    private static @Nullable List<String> words(String script) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean first = true;
        String text = script + "\n";
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean replaces = c == '`' || text.startsWith("$(", i);
            if ((replaces && quote != '\'') || text.startsWith("${", i)) {
                return null;
            }
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(c).append(text.charAt(++i));
                continue;
            }
            if (quote != 0 || c == '"' || c == '\'') {
                word.append(c);
                quote = quote == 0 ? c : c == quote ? 0 : quote;
                continue;
            }
            if ("(){}<".indexOf(c) >= 0 || (c == '#' && word.isEmpty())) {
                return null;
            }
            String operator = operator(text, i, word.isEmpty());
            if (operator.isEmpty() && c != ' ' && c != '\t') {
                if (c == '&') {
                    return null;
                }
                word.append(c);
                continue;
            }
            if (!word.isEmpty()) {
                if (first && BEYOND.contains(word.toString())) {
                    return null;
                }
                words.add(word.toString());
                word.setLength(0);
                first = false;
            }
            if (!operator.isEmpty()) {
                words.add(operator);
                i += operator.length() - 1;
                first = List.of("&&", "||", "|", ";", "\n").contains(operator);
            }
        }
        return quote == 0 ? words : null;
    }

    private static String operator(String text, int at, boolean wordBegins) {
        for (String operator : OPERATORS) {
            boolean ofErrors = operator.startsWith("2");
            if (text.startsWith(operator, at) && (!ofErrors || wordBegins)) {
                return operator;
            }
        }
        return "";
    }

    /** A word as the program gets it. */
    private String value(String word) {
        StringBuilder value = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean more = i + 1 < word.length();
            if (c == '\\' && quote != '\'' && more && (quote == 0 || "\"\\$`".indexOf(word.charAt(i + 1)) >= 0)) {
                value.append(word.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '$' && quote != '\'' && more && word.charAt(i + 1) == '?') {
                value.append(exit);
                i++;
            } else if (c == '$' && quote != '\'' && more && Character.isJavaIdentifierStart(word.charAt(i + 1))) {
                int end = i + 1;
                while (end < word.length()
                        && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '_')) {
                    end++;
                }
                value.append(variables.getOrDefault(word.substring(i + 1, end), ""));
                i = end - 1;
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
