package dev.tengil.host.sim.nas;

import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Disk;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code exportfs -ra} reads the files into the table of what is exported; {@code exportfs -s} prints that table. */
final class Exportfs implements Program {

    private static final Set<String> OPTIONS = Set.of(
            "rw",
            "ro",
            "sync",
            "async",
            "wdelay",
            "no_wdelay",
            "hide",
            "nohide",
            "crossmnt",
            "nocrossmnt",
            "subtree_check",
            "no_subtree_check",
            "secure",
            "insecure",
            "root_squash",
            "no_root_squash",
            "all_squash",
            "no_all_squash",
            "acl",
            "no_acl",
            "mountpoint",
            "mp",
            "secure_locks",
            "insecure_locks",
            "auth_nlm",
            "no_auth_nlm");

    @Override
    public int run(Call call) {
        List<String> words = call.arguments();
        if (words.equals(List.of("-s"))) {
            call.world().texts("exports").rows().values().forEach(call::out);
            return 0;
        }
        if (!words.equals(List.of("-ra")) && !words.equals(List.of("-r")) && !words.equals(List.of("-a"))) {
            return call.fail(1, "usage: exportfs [-adfhioruvs] [host:/path]");
        }
        Disk disk = call.world().disk();
        List<String> files = new ArrayList<>(List.of("/etc/exports"));
        disk.list("/etc/exports.d").stream()
                .filter(name -> name.endsWith(".exports"))
                .forEach(name -> files.add("/etc/exports.d/" + name));
        TreeMap<String, String> table = new TreeMap<>();
        int exit = 0;
        for (String file : files) {
            int number = 0;
            for (String line : Lines.of(disk, file)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    exit = Math.max(exit, line(call, file, number, line.strip(), table));
                }
            }
        }
        List.copyOf(call.world().texts("exports").rows().keySet())
                .forEach(call.world().texts("exports")::remove);
        table.forEach(call.world().texts("exports")::put);
        return exit;
    }

    private static int line(Call call, String file, int number, String line, Map<String, String> table) {
        String[] words = line.split("\\s+", -1);
        String path = words[0].replace("\\040", " ");
        int exit = 0;
        if (call.world().disk().follow(path) == null) {
            exit = call.fail(1, "exportfs: Failed to stat " + path + ": No such file or directory");
        }
        for (int i = 1; i < words.length; i++) {
            int open = words[i].indexOf('(');
            if (open >= 0 && !words[i].endsWith(")")) {
                return call.fail(1, "exportfs: " + file + ":" + number + ": syntax error: bad option list");
            }
            String client = open < 0 ? words[i] : words[i].substring(0, open);
            String options = open < 0 ? "" : words[i].substring(open + 1, words[i].length() - 1);
            for (String option : options.split(",", -1)) {
                if (!option.isEmpty()
                        && !OPTIONS.contains(option)
                        && !option.matches("(anonuid|anongid)=\\d+|sec=.*|fsid=.*")) {
                    return call.fail(1, "exportfs: " + file + ":" + number + ": unknown keyword \"" + option + "\"\n");
                }
            }
            if (exit == 0) {
                table.put(
                        path + " " + client,
                        words[0] + "  " + client + "(" + shown(List.of(options.split(",", -1))) + ")");
            }
        }
        return exit;
    }

    /** As exportfs completes and orders them. */
    private static String shown(List<String> options) {
        List<String> shown = new ArrayList<>();
        shown.add(options.contains("async") ? "async" : "sync");
        shown.add(options.contains("no_wdelay") ? "no_wdelay" : "wdelay");
        shown.add(options.contains("nohide") ? "nohide" : "hide");
        if (options.contains("crossmnt")) {
            shown.add("crossmnt");
        }
        if (!options.contains("subtree_check")) {
            shown.add("no_subtree_check");
        }
        options.stream()
                .filter(option -> option.startsWith("anon") || option.startsWith("fsid"))
                .forEach(shown::add);
        shown.add("sec=sys");
        shown.add(options.contains("rw") ? "rw" : "ro");
        shown.add(options.contains("insecure") ? "insecure" : "secure");
        shown.add(options.contains("no_root_squash") ? "no_root_squash" : "root_squash");
        shown.add(options.contains("all_squash") ? "all_squash" : "no_all_squash");
        return String.join(",", shown);
    }
}
