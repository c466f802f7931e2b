package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of exports(5) as exportfs does: a line that it cannot read ends the file, a client that nobody can resolve is left out
 * without a failure, and a directory that is not there is a failure and exported all the same.
 */
final class ExportsReader {

    private final Call call;
    private final List<Export> found = new ArrayList<>();
    private int exit;

    ExportsReader(Call call) {
        this.call = call;
    }

    int exit() {
        return exit;
    }

    /** Hosts before networks, and all clients of a directory together. */
    List<Export> exports() {
        List<String> paths = found.stream().map(Export::path).distinct().toList();
        Map<String, Integer> places =
                IntStream.range(0, paths.size()).boxed().collect(Collectors.toMap(paths::get, i -> i));
        return found.stream()
                .sorted(java.util.Comparator.comparingInt(Export::rank)
                        .thenComparingInt(export -> places.getOrDefault(export.path(), 0)))
                .toList();
    }

    void file(String file) {
        int number = 0;
        StringBuilder whole = new StringBuilder();
        for (String line : Lines.of(call.world().disk(), file)) {
            number++;
            if (line.endsWith("\\")) {
                whole.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            List<String> words = words(whole + line);
            whole.setLength(0);
            if (!words.isEmpty() && !line(words, file + ":" + number)) {
                exit = 1;
                return;
            }
        }
    }

    private boolean line(List<String> words, String place) {
        String path = Export.unescaped(words.getFirst());
        List<String> common = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            if (word.startsWith("-")) {
                common.clear();
                common.addAll(options(word.substring(1)));
                continue;
            }
            int open = word.indexOf('(');
            if (open >= 0 && !word.endsWith(")")) {
                call.err("exportfs: " + place + ": syntax error: bad option list");
                return false;
            }
            List<String> options = new ArrayList<>(common);
            options.addAll(open < 0 ? List.of() : options(word.substring(open + 1, word.length() - 1)));
            String refusal = Export.refusal(options, place);
            if (refusal != null) {
                call.err("exportfs: " + refusal);
                return false;
            }
            String client = open < 0 ? word : word.substring(0, open);
            add(Export.of(path, client.isEmpty() ? "*" : client, options));
        }
        return true;
    }

    /** Takes it into the table, unless nobody knows its client. */
    void add(Export export) {
        String problem = unresolved(export);
        if (problem != null) {
            call.err("exportfs: " + problem);
            call.err("exportfs: " + problem);
            return;
        }
        for (Export before : found) {
            if (before.client().equals(export.client()) && before.path().equals(export.path())) {
                boolean same = before.equals(export);
                String name = "exportfs: \t" + export.client() + ":" + export.path();
                call.err("exportfs: " + (same ? "" : "incompatible ") + "duplicated export entries:");
                call.err(name + (same ? "" : " (0x" + Integer.toHexString(export.flags()) + ") [IGNORED]"));
                exit = call.fail(1, name + (same ? "" : " (0x" + Integer.toHexString(before.flags()) + ")"));
                return;
            }
        }
        found.add(export);
    }

    /** Complains about what is exported and no directory. */
    void check() {
        for (Export export : found) {
            Inode inode = call.world().disk().follow(export.path());
            if (inode == null) {
                exit = call.fail(1, "exportfs: Failed to stat " + export.path() + ": No such file or directory");
            } else if (inode.kind() != Inode.Kind.DIRECTORY) {
                exit = call.fail(1, "exportfs: " + export.path() + " is not a directory. Remote access will fail");
            }
        }
    }

    private @Nullable String unresolved(Export export) {
        String client = export.client();
        if (export.rank() == 1) {
            String prefix = client.substring(client.indexOf('/') + 1);
            int most = client.indexOf(':') >= 0 ? 128 : 32;
            if (prefix.matches("\\d+") && Integer.parseInt(prefix) > most) {
                exit = 1;
                return "Invalid prefix `" + prefix + "' for " + client;
            }
            return null;
        }
        return export.rank() > 0 || Getent.address(call.world(), client) != null ? null : "Failed to resolve " + client;
    }

    private static List<String> options(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(option -> !option.isEmpty())
                .toList();
    }

    /** Quotes hold blanks together, a number sign starts a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '#') {
                break;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
