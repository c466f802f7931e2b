package dev.tengil.host.sim;

import com.google.gson.JsonParser;
import dev.tengil.host.Bytes;
import dev.tengil.host.FileWrite;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The small programs with which the people of a recording looked at texts, and that the simulated host does not have. */
final class TextTools {

    private final SimulatedHost host;

    TextTools(SimulatedHost host) {
        this.host = host;
    }

    /** What it printed; null when it is none of these. */
    @Nullable
    Result run(List<String> argv, String input) throws HostException {
        List<String> words = argv.subList(1, argv.size());
        return switch (argv.getFirst()) {
            case "echo" -> ok(String.join(" ", words) + "\n");
            case "printf" ->
                ok(words.getFirst().replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\'));
            case "sleep" -> ok("");
            case "cp" -> {
                save(words.get(1), text(words.get(0)), false);
                yield ok("");
            }
            case "cat" -> words.contains("-A") ? shown(words, input) : null;
            case "head" -> head(words, input);
            case "tail" -> tail(words, input);
            case "grep" -> grep(words, input);
            case "cut" -> cut(words, input);
            case "wc" -> ok(input.lines().count() + "\n");
            case "jq" -> jq(words, input);
            case "sed" -> sed(words);
            default -> null;
        };
    }

    private static Result ok(String out) {
        return Result.of(0, out, "");
    }

    /** Writes into a file unless that is nothing's; gives what is left for the next program. */
    String save(String path, String content, boolean append) throws HostException {
        if (!path.equals("/dev/null")) {
            HostPath file = HostPath.of(resolved(path));
            Bytes all = Bytes.utf8((append ? text(path) : "") + content);
            host.write(new FileWrite(file, all, 0640));
        }
        return "";
    }

    /** Proxmox's folder of containers is a link, and files are written by rename. */
    private static String resolved(String path) {
        return path.replaceFirst("^/etc/pve/lxc/", "/etc/pve/nodes/pvelab/lxc/");
    }

    private String text(String path) throws HostException {
        HostFile file = host.read(List.of(HostPath.of(path))).get(HostPath.of(path));
        return file == null ? "" : file.content().text();
    }

    private @Nullable String input(List<String> operands, int at, String input) throws HostException {
        if (operands.size() <= at) {
            return input;
        }
        HostPath path = HostPath.of(operands.get(at));
        HostFile file = host.read(List.of(path)).get(path);
        return file == null ? null : file.content().text();
    }

    private static List<String> operands(List<String> words) {
        return words.stream().filter(word -> !word.startsWith("-")).toList();
    }

    private Result shown(List<String> words, String input) throws HostException {
        List<String> files = operands(words);
        String text = input(files, 0, input);
        return text == null
                ? Result.of(1, "", "cat: " + files.getFirst() + ": No such file or directory\n")
                : ok(text.lines().map(line -> line + "$\n").collect(Collectors.joining()));
    }

    private Result head(List<String> words, String input) throws HostException {
        String text = input(operands(words), 0, input);
        int lines = Integer.parseInt(words.getFirst().substring(1));
        return text == null
                ? Result.of(
                        1, "", "head: cannot open '" + words.getLast() + "' for reading: No such file or directory\n")
                : ok(text.lines().limit(lines).map(line -> line + "\n").collect(Collectors.joining()));
    }

    private Result tail(List<String> words, String input) throws HostException {
        String text = input(operands(words), 0, input);
        if (text == null) {
            return Result.of(
                    1, "", "tail: cannot open '" + words.getLast() + "' for reading: No such file or directory\n");
        }
        List<String> lines = text.lines().toList();
        int from = Math.max(0, lines.size() - Integer.parseInt(words.getFirst().substring(1)));
        return ok(lines.subList(from, lines.size()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
    }

    private Result grep(List<String> words, String input) throws HostException {
        String options = words.stream().filter(word -> word.startsWith("-")).collect(Collectors.joining());
        List<String> operands = operands(words);
        String text = input(operands, 1, input);
        if (text == null) {
            return Result.of(2, "", "grep: " + operands.get(1) + ": No such file or directory\n");
        }
        Pattern pattern = Pattern.compile(operands.getFirst());
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            var found = pattern.matcher(line);
            if (found.find() != options.contains("v")) {
                out.append(options.contains("n") ? number + ":" : "")
                        .append(options.contains("o") ? found.group() : line)
                        .append('\n');
            }
        }
        return Result.of(out.isEmpty() ? 1 : 0, out.toString(), "");
    }

    private static Result cut(List<String> words, String input) {
        if (words.getFirst().startsWith("-c1-")) {
            int length = Integer.parseInt(words.getFirst().substring(4));
            return ok(input.lines()
                    .map(line -> line.substring(0, Math.min(length, line.length())) + "\n")
                    .collect(Collectors.joining()));
        }
        String by = words.getFirst().substring(2);
        int field = Integer.parseInt(words.get(1).substring(2)) - 1;
        return ok(input.lines().map(line -> line.split(by, -1)[field] + "\n").collect(Collectors.joining()));
    }

    private static Result jq(List<String> words, String input) {
        if (input.isEmpty()) {
            return ok("");
        }
        var json = JsonParser.parseString(input);
        return words.getLast().equals(".description")
                ? ok(json.getAsJsonObject().get("description") + "\n")
                : ok(json.getAsJsonArray().get(0).getAsJsonObject().get("upid").getAsString() + "\n");
    }

    /** {@code sed -i '/PATTERN/a LINE' FILE}, and {@code sed -n '/PATTERN/,$p' FILE}; what the host's own sed does is its own. */
    private @Nullable Result sed(List<String> words) throws HostException {
        String script = words.get(1);
        if (words.getFirst().equals("-n")) {
            Pattern start = Pattern.compile(script.substring(1, script.indexOf("/,$p")));
            List<String> lines = new ArrayList<>();
            for (String line : text(words.get(2)).lines().toList()) {
                if (!lines.isEmpty() || start.matcher(line).find()) {
                    lines.add(line + "\n");
                }
            }
            return ok(String.join("", lines));
        }
        if (!script.startsWith("/")) {
            return null;
        }
        String[] parts = script.substring(1).split("/a ", 2);
        String before = text(words.get(2));
        String pattern = parts[0].replace("^", "");
        save(words.get(2), before.replaceFirst("(?m)^.*" + pattern + ".*\n", "$0" + parts[1] + "\n"), false);
        return ok("");
    }
}
