package dev.tengil.host.sim.net;

import dev.tengil.host.sim.Table;
import dev.tengil.host.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All tables, and commands that change them: all of a text, or none of it. */
final class NftRuleset {

    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet", "arp", "bridge", "netdev");
    private static final Set<String> TYPES = Set.of("filter", "nat", "route");
    private static final Set<String> HOOKS =
            Set.of("prerouting", "input", "forward", "output", "postrouting", "ingress", "egress");
    private static final String TABLE = "nft";

    private final World world;
    private final Map<String, NftTable> tables = new TreeMap<>();
    private List<NftToken> tokens = List.of();
    private int at;

    NftRuleset(World world) {
        this.world = world;
        world.texts(TABLE).rows().forEach((name, text) -> tables.put(name, NftTable.decode(text)));
    }

    /** By family and name. */
    Map<String, NftTable> tables() {
        return tables;
    }

    /** Keeps what the commands made. */
    void save() {
        Table<String> kept = world.texts(TABLE);
        List.copyOf(kept.rows().keySet()).forEach(kept::remove);
        tables.forEach((name, table) -> kept.put(name, table.encode()));
    }

    /** Carries out the commands of a text, in memory. */
    void run(String text) {
        tokens = NftToken.of(text);
        at = 0;
        while (true) {
            skipEnds();
            if (at >= tokens.size()) {
                return;
            }
            command();
        }
    }

    private void skipEnds() {
        while (at < tokens.size() && tokens.get(at).isEnd()) {
            at++;
        }
    }

    private NftToken peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private NftToken next() {
        NftToken token = peek();
        at++;
        return token;
    }

    private static NftFailure unexpected(NftToken token) {
        return new NftFailure(token, "syntax error, unexpected " + token.kind());
    }

    private String word() {
        NftToken token = next();
        if (!token.isWord()) {
            throw unexpected(token);
        }
        return token.text();
    }

    private void command() {
        NftToken verb = next();
        switch (verb.text()) {
            case "table" -> table();
            case "add", "create" -> add(verb);
            case "delete", "destroy", "flush" -> remove(verb.text());
            default -> throw unexpected(verb);
        }
    }

    /** Family, if it is said, and name. */
    private String name() {
        String family = FAMILIES.contains(peek().text()) ? word() : "ip";
        return family + " " + word();
    }

    private void table() {
        NftTable table = tables.computeIfAbsent(name(), _ -> new NftTable());
        if (!peek().text().equals("{")) {
            end();
            return;
        }
        next();
        while (true) {
            skipEnds();
            NftToken token = next();
            if (token.text().equals("}")) {
                return;
            }
            if (!token.text().equals("chain")) {
                throw unexpected(token);
            }
            chain(table, word());
        }
    }

    private void chain(NftTable table, String name) {
        NftToken open = next();
        if (!open.text().equals("{")) {
            throw unexpected(open);
        }
        NftTable.Chain chain = table.chain(name, "");
        while (true) {
            skipEnds();
            NftToken token = peek();
            switch (token.text()) {
                case "}" -> {
                    next();
                    return;
                }
                case "type" -> chain = table.chain(name, base());
                case "policy" -> {
                    next();
                    chain = table.chain(name, chain.base().replaceFirst("policy \\w+", "policy " + policy()));
                }
                default -> chain.rules().add(rule(table));
            }
        }
    }

    private String policy() {
        NftToken token = next();
        if (!Set.of("accept", "drop").contains(token.text())) {
            throw unexpected(token);
        }
        return token.text();
    }

    private String base() {
        next();
        NftToken type = next();
        if (!TYPES.contains(type.text())) {
            throw new NftFailure(type, "unknown chain type");
        }
        expect("hook");
        NftToken hook = next();
        if (!HOOKS.contains(hook.text())) {
            throw new NftFailure(hook, "unknown chain hook");
        }
        expect("priority");
        StringBuilder priority = new StringBuilder(word());
        while (!peek().isEnd()) {
            priority.append(' ').append(word());
        }
        if (!priority.toString().matches("-?\\d+|(?:raw|mangle|dstnat|filter|security|srcnat)(?: [+-] \\d+)?")) {
            throw unexpected(tokens.get(at - 1));
        }
        return "type " + type.text() + " hook " + hook.text() + " priority " + priority + "; policy accept;";
    }

    private void expect(String word) {
        NftToken token = next();
        if (!token.text().equals(word)) {
            throw unexpected(token);
        }
    }

    private void end() {
        if (!peek().isEnd() && !peek().text().equals("}")) {
            throw unexpected(peek());
        }
    }

    /** Reads to the end of the line, or to what closes the chain. */
    private String rule(NftTable table) {
        List<NftToken> words = new ArrayList<>();
        int depth = 0;
        while (depth > 0 || (!peek().isEnd() && !peek().text().equals("}"))) {
            if (at >= tokens.size()) {
                throw unexpected(peek());
            }
            NftToken token = next();
            depth += token.text().equals("{") ? 1 : token.text().equals("}") ? -1 : 0;
            if (!token.text().equals("\n")) {
                words.add(token);
            }
        }
        words.add(new NftToken("\n", peek().line(), peek().column()));
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean leads = Set.of("jump", "goto").contains(words.get(i).text());
            if (leads && !table.chains().containsKey(words.get(i + 1).text())) {
                throw new NftFailure(words.get(i + 1), "Could not process rule: No such file or directory");
            }
        }
        return NftRule.read(words).text();
    }

    private void add(NftToken verb) {
        String kind = peek().text();
        switch (kind) {
            case "table" -> {
                next();
                table();
            }
            case "chain" -> {
                next();
                NftTable table = known();
                String name = word();
                if (peek().text().equals("{")) {
                    chain(table, name);
                } else {
                    end();
                    table.chain(name, "");
                }
            }
            case "rule" -> {
                next();
                NftTable table = known();
                NftToken name = next();
                NftTable.Chain chain = table.chains().get(name.text());
                if (chain == null) {
                    throw new NftFailure(name, "No such file or directory");
                }
                chain.rules().add(rule(table));
            }
            default -> throw unexpected(verb.text().equals("add") ? peek() : verb);
        }
    }

    private NftTable known() {
        NftToken token = peek();
        NftTable table = tables.get(name());
        if (table == null) {
            throw new NftFailure(
                    FAMILIES.contains(token.text()) ? tokens.get(at - 1) : token, "No such file or directory");
        }
        return table;
    }

    private void remove(String verb) {
        NftToken kind = next();
        if (verb.equals("flush") && kind.text().equals("ruleset")) {
            tables.clear();
            end();
            return;
        }
        if (!Set.of("table", "chain").contains(kind.text())) {
            throw unexpected(kind);
        }
        boolean forgiving = verb.equals("destroy");
        String name = name();
        NftToken named = tokens.get(at - 1);
        NftTable table = tables.get(name);
        String chain = kind.text().equals("chain") ? word() : "";
        end();
        boolean there = table != null && (chain.isEmpty() || table.chains().containsKey(chain));
        if (!there && !forgiving) {
            throw new NftFailure(
                    chain.isEmpty() ? named : tokens.get(at - 1), "Could not process rule: No such file or directory");
        }
        if (!there || table == null) {
            return;
        }
        if (verb.equals("flush")) {
            if (chain.isEmpty()) {
                table.flush();
            } else {
                table.chain(chain, "").rules().clear();
            }
        } else if (chain.isEmpty()) {
            tables.remove(name);
        } else {
            table.chains().remove(chain);
        }
    }
}
