package dev.tengil.host.sim.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.host.sim.Call;
import dev.tengil.host.sim.Inode;
import dev.tengil.host.sim.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nft [-c] -f FILE}, {@code nft [-j] list …} and single commands. */
public final class NftProgram implements Program {

    private static final int FAILED = 1;
    private static final Map<String, Integer> PRIORITIES =
            Map.of("raw", -300, "mangle", -150, "dstnat", -100, "filter", 0, "security", 50, "srcnat", 100);

    @Override
    public int run(Call call) {
        List<String> words = new ArrayList<>();
        boolean json = false;
        boolean check = false;
        String file = "";
        List<String> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            switch (word) {
                case "-j", "--json" -> json = true;
                case "-c", "--check" -> check = true;
                case "-f", "--file" -> {
                    if (i + 1 == arguments.size()) {
                        return call.fail(FAILED, "nft: option requires an argument -- 'f'");
                    }
                    file = arguments.get(++i);
                }
                case "-a", "--handle", "-n", "--numeric", "-s", "--stateless" -> {
                    // says more, or less, of the same
                }
                default -> {
                    if (word.startsWith("-")) {
                        return call.fail(FAILED, "nft: unrecognized option '" + word + "'");
                    }
                    words.add(word);
                }
            }
        }
        if (!file.isEmpty()) {
            Inode there = file.equals("-") ? null : call.world().disk().follow(file);
            if (!file.equals("-") && there == null) {
                return call.fail(
                        FAILED, file + ": Error: Could not open file \"" + file + "\": No such file or directory");
            }
            String text = there == null ? call.stdin().text() : there.content().text();
            return change(call, text, file.equals("-") ? "/dev/stdin" : file, check);
        }
        if (words.isEmpty()) {
            return call.fail(FAILED, "nft: no command specified");
        }
        return words.getFirst().equals("list")
                ? list(call, words, json)
                : change(call, String.join(" ", words), "", check);
    }

    private static int change(Call call, String text, String file, boolean check) {
        NftRuleset rules = new NftRuleset(call.world());
        try {
            rules.run(text);
        } catch (NftFailure failure) {
            return call.fail(FAILED, failure.printed(file, text));
        }
        if (!check) {
            rules.save();
        }
        return 0;
    }

    private static int list(Call call, List<String> words, boolean json) {
        NftRuleset rules = new NftRuleset(call.world());
        String what = words.size() > 1 ? words.get(1) : "";
        String named =
                words.size() == 3 ? "ip " + words.get(2) : words.size() == 4 ? words.get(2) + " " + words.get(3) : "";
        return switch (what) {
            case "tables" -> {
                if (json) {
                    JsonArray all = answer();
                    rules.tables().keySet().forEach(name -> all.add(table(name)));
                    print(call, all);
                } else {
                    rules.tables().keySet().forEach(name -> call.out("table " + name));
                }
                yield 0;
            }
            case "ruleset", "table" -> {
                NftTable one = rules.tables().get(named);
                if (what.equals("table") && one == null) {
                    String line = String.join(" ", words);
                    String last = words.getLast();
                    yield call.fail(
                            FAILED,
                            "Error: No such file or directory\n" + line + "\n"
                                    + " ".repeat(line.length() - last.length()) + "^".repeat(last.length()));
                }
                Map<String, NftTable> shown = one == null ? rules.tables() : Map.of(named, one);
                if (json) {
                    JsonArray all = answer();
                    shown.forEach((name, table) -> describe(all, name, table));
                    print(call, all);
                } else {
                    shown.forEach((name, table) -> call.print(table.print(name)));
                }
                yield 0;
            }
            default ->
                call.fail(FAILED, "Error: syntax error, unexpected string\n" + String.join(" ", words) + "\n     ^");
        };
    }

    private static JsonArray answer() {
        JsonObject about = new JsonObject();
        about.addProperty("version", "1.1.3");
        about.addProperty("release_name", "Commodore Bullmoose #4");
        about.addProperty("json_schema_version", 1);
        JsonArray all = new JsonArray();
        all.add(wrapped("metainfo", about));
        return all;
    }

    private static void print(Call call, JsonArray all) {
        JsonObject answer = new JsonObject();
        answer.add("nftables", all);
        call.out(answer.toString());
    }

    private static JsonObject wrapped(String kind, JsonObject object) {
        JsonObject wrapped = new JsonObject();
        wrapped.add(kind, object);
        return wrapped;
    }

    private static JsonObject table(String name) {
        JsonObject table = new JsonObject();
        table.addProperty("family", name.substring(0, name.indexOf(' ')));
        table.addProperty("name", name.substring(name.indexOf(' ') + 1));
        table.addProperty("handle", 1);
        return wrapped("table", table);
    }

    private static void describe(JsonArray all, String name, NftTable table) {
        all.add(table(name));
        int handle = 2;
        for (Map.Entry<String, NftTable.Chain> each : table.chains().entrySet()) {
            all.add(wrapped("chain", chain(name, each.getKey(), each.getValue().base(), handle++)));
        }
        for (Map.Entry<String, NftTable.Chain> each : table.chains().entrySet()) {
            for (String rule : each.getValue().rules()) {
                JsonObject object = chain(name, null, "", handle++);
                object.addProperty("chain", each.getKey());
                String comment = rule.contains(" comment \"") ? rule.replaceAll(".* comment \"([^\"]*)\".*", "$1") : "";
                if (!comment.isEmpty()) {
                    object.addProperty("comment", comment);
                }
                object.add(
                        "expr",
                        NftRule.read(NftToken.of(rule.replace("packets 0 bytes 0 ", "")))
                                .json());
                all.add(wrapped("rule", object));
            }
        }
    }

    private static JsonObject chain(String table, @Nullable String name, String base, int handle) {
        JsonObject chain = new JsonObject();
        chain.addProperty("family", table.substring(0, table.indexOf(' ')));
        chain.addProperty("table", table.substring(table.indexOf(' ') + 1));
        if (name != null) {
            chain.addProperty("name", name);
        }
        chain.addProperty("handle", handle);
        if (!base.isEmpty()) {
            String[] words = base.replace(";", "").split(" ", -1);
            chain.addProperty("type", words[1]);
            chain.addProperty("hook", words[3]);
            chain.addProperty("prio", priority(base));
            chain.addProperty("policy", words[words.length - 1]);
        }
        return chain;
    }

    private static int priority(String base) {
        String[] words = base.replaceFirst(".* priority ([^;]*);.*", "$1").split(" ", -1);
        int start = PRIORITIES.getOrDefault(words[0], 0);
        if (words.length == 3) {
            return start + (words[1].equals("-") ? -1 : 1) * Integer.parseInt(words[2]);
        }
        return words[0].matches("-?\\d+") ? Integer.parseInt(words[0]) : start;
    }
}
