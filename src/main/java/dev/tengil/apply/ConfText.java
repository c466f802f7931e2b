package dev.tengil.apply;

import dev.tengil.resource.ConfEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Edits the text of a container's config. Only the main section is touched; description, pending section, snapshots and unknown lines
 * keep every byte. New lines go where Proxmox writes them: options among the options, env lines behind them, other raw lines last
 * (pve-container Config.pm, write_pct_config).
 */
final class ConfText {

    private static final String ENV = "lxc.environment.runtime";

    private final List<String> main = new ArrayList<>();
    private final String rest;

    private ConfText(String text) {
        int end = 0;
        while (end < text.length()) {
            int next = text.indexOf('\n', end);
            String line = text.substring(end, next < 0 ? text.length() : next);
            if (line.startsWith("[")) {
                break;
            }
            main.add(line);
            end = next < 0 ? text.length() : next + 1;
        }
        rest = text.substring(end);
    }

    /** The text with all edits made. */
    static String edited(String text, List<ConfEdit> edits) {
        ConfText conf = new ConfText(text);
        edits.forEach(conf::apply);
        StringBuilder out = new StringBuilder();
        conf.main.forEach(line -> out.append(line).append('\n'));
        return out.append(conf.rest).toString();
    }

    private void apply(ConfEdit edit) {
        switch (edit) {
            case ConfEdit.SetEnv(String name, String value, var secret) -> {
                String text = secret != null ? secret.reveal() : value == null ? "" : value;
                set(line -> isEnv(line, name), ENV + ": " + name + "=" + text, Place.ENV);
            }
            case ConfEdit.RemoveEnv(String name) -> main.removeIf(line -> isEnv(line, name));
            case ConfEdit.SetOption(String key, String value) ->
                set(line -> isKey(line, key), key + ": " + value, Place.OPTION);
            case ConfEdit.RemoveOption(String key) -> main.removeIf(line -> isKey(line, key));
            case ConfEdit.SetRaw(String key, String value) ->
                set(line -> isKey(line, key), key + ": " + value, Place.RAW);
            case ConfEdit.AddRawWhere(String option, String is, String key, String value) -> {
                if (main.stream()
                        .anyMatch(line -> isKey(line, option) && value(line).equals(is))) {
                    apply(new ConfEdit.AddRaw(key, value));
                }
            }
            case ConfEdit.AddRaw(String key, String value) -> {
                if (main.stream()
                        .noneMatch(line -> isKey(line, key) && value(line).equals(value))) {
                    insert(key + ": " + value, Place.RAW);
                }
            }
            case ConfEdit.SetComment(List<String> lines) -> {
                main.removeIf(line -> line.startsWith("#"));
                main.addAll(0, lines.stream().map(line -> "#" + line).toList());
            }
            case ConfEdit.RemoveRaw(String key, String value) ->
                main.removeIf(line ->
                        isKey(line, key) && (value == null || value(line).equals(value)));
        }
    }

    /** Replaces the last matching line, which is the one that counts, and drops the others; without one, inserts. */
    private void set(Predicate<String> matches, String line, Place place) {
        int last = -1;
        for (int i = 0; i < main.size(); i++) {
            last = matches.test(main.get(i)) ? i : last;
        }
        if (last < 0) {
            insert(line, place);
            return;
        }
        main.set(last, line);
        for (int i = last - 1; i >= 0; i--) {
            if (matches.test(main.get(i))) {
                main.remove(i);
            }
        }
    }

    private enum Place {
        OPTION,
        ENV,
        RAW
    }

    private void insert(String line, Place place) {
        int at = lastContent() + 1;
        if (place != Place.RAW) {
            for (int i = 0; i < main.size(); i++) {
                String here = main.get(i);
                boolean env = keyOf(here).equals(ENV);
                boolean raw = keyOf(here).startsWith("lxc.") && !env;
                if (raw || (env && place == Place.OPTION)) {
                    at = i;
                    break;
                }
            }
        }
        main.add(at, line);
    }

    /** Blank lines before the next section belong to it. */
    private int lastContent() {
        int last = main.size() - 1;
        while (last >= 0 && main.get(last).isBlank()) {
            last--;
        }
        return last;
    }

    private static boolean isEnv(String line, String name) {
        return keyOf(line).equals(ENV) && value(line).startsWith(name + "=");
    }

    private static boolean isKey(String line, String key) {
        return keyOf(line).equals(key);
    }

    private static String keyOf(String line) {
        int split = separator(line);
        return split < 1 || line.startsWith("#") ? "" : line.substring(0, split).strip();
    }

    private static String value(String line) {
        return line.substring(separator(line) + 1).strip();
    }

    private static int separator(String line) {
        int colon = line.indexOf(':');
        int equals = line.startsWith("lxc.") ? line.indexOf('=') : -1;
        return colon < 0 ? equals : equals < 0 ? colon : Math.min(colon, equals);
    }
}
