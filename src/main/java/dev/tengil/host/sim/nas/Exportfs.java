package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Program;
import dev.tengil.host.sim.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code exportfs}: with {@code -ra} the files become the table of what is exported, {@code -s} and {@code -v} print that table. */
final class Exportfs implements Program {

    private static final String LETTERS = "adfhiorsuv";
    private static final String USAGE = "usage: exportfs [-adfhioruvs] [host:/path]";

    @Override
    public int run(Call call) {
        StringBuilder flags = new StringBuilder();
        List<String> targets = new ArrayList<>();
        String options = "";
        List<String> words = call.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-o") && i + 1 < words.size()) {
                options = words.get(++i);
            } else if (word.startsWith("-")) {
                flags.append(word, 1, word.length());
            } else {
                targets.add(word);
            }
        }
        for (char flag : flags.toString().toCharArray()) {
            if (LETTERS.indexOf(flag) < 0) {
                call.err("exportfs: invalid option -- '" + flag + "'");
                return call.fail(1, USAGE);
            }
        }
        boolean all = flags.indexOf("a") >= 0 || flags.indexOf("r") >= 0;
        for (String target : targets) {
            if (target.indexOf(":/") < 0) {
                return call.fail(1, "exportfs: Invalid export syntax: " + target);
            }
        }
        if (flags.indexOf("u") >= 0) {
            return all ? put(call, List.of(), 0) : unexport(call, targets);
        }
        if (!targets.isEmpty()) {
            return export(call, targets, options);
        }
        if (all) {
            return reread(call);
        }
        boolean script = flags.indexOf("s") >= 0;
        table(call).forEach(export -> call.out(script ? export.line() : export.column()));
        return 0;
    }

    private static int reread(Call call) {
        ExportsReader reader = read(call);
        reader.check();
        return put(call, reader.exports(), reader.exit());
    }

    private static ExportsReader read(Call call) {
        ExportsReader reader = new ExportsReader(call);
        reader.file("/etc/exports");
        call.world().disk().list("/etc/exports.d").stream()
                .filter(name -> name.endsWith(".exports") && !name.startsWith("."))
                .sorted()
                .forEach(name -> reader.file("/etc/exports.d/" + name));
        return reader;
    }

    private static int unexport(Call call, List<String> targets) {
        List<Export> table = new ArrayList<>(table(call));
        int exit = 0;
        for (String target : targets) {
            if (!table.removeIf(export -> target.equals(export.client() + ":" + export.path()))) {
                exit = call.fail(1, "exportfs: Could not find '" + target + "' to unexport.");
            }
        }
        return put(call, table, exit);
    }

    private static int export(Call call, List<String> targets, String options) {
        List<String> said = Arrays.stream(options.split(",", -1))
                .filter(each -> !each.isEmpty())
                .toList();
        String refusal = Export.refusal(said, "(null):0");
        if (refusal != null) {
            return call.fail(1, "exportfs: " + refusal);
        }
        // The files are read and complained about, but what they say is not put in force.
        int files = read(call).exit();
        ExportsReader reader = new ExportsReader(call);
        for (String target : targets) {
            int colon = target.indexOf(":/");
            reader.add(Export.of(target.substring(colon + 1), target.substring(0, colon), said));
        }
        reader.check();
        List<Export> table = new ArrayList<>(table(call));
        for (Export added : reader.exports()) {
            table.removeIf(
                    each -> each.client().equals(added.client()) && each.path().equals(added.path()));
            table.add(added);
        }
        return put(call, table, Math.max(files, reader.exit()));
    }

    private static List<Export> table(Call call) {
        return call.world().texts("exports").rows().values().stream()
                .map(Export::parse)
                .toList();
    }

    /** Keeps the table in its order. */
    private static int put(Call call, List<Export> exports, int exit) {
        Table<String> table = call.world().texts("exports");
        List.copyOf(table.rows().keySet()).forEach(table::remove);
        for (int i = 0; i < exports.size(); i++) {
            table.put(String.format(Locale.ROOT, "%06d", i), exports.get(i).line());
        }
        return exit;
    }
}
