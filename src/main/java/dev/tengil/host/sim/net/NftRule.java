package dev.tengil.host.sim.net;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one rule word by word, and refuses what it does not know as nft does (nft(8)). */
final class NftRule {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "ip", Set.of("saddr", "daddr", "protocol"),
            "ip6", Set.of("saddr", "daddr", "nexthdr"),
            "tcp", Set.of("sport", "dport"),
            "udp", Set.of("sport", "dport"),
            "th", Set.of("sport", "dport"),
            "ct", Set.of("state", "status", "mark", "original"),
            "meta", Set.of("l4proto", "nfproto", "iifname", "oifname", "mark"),
            "icmp", Set.of("type"),
            "icmpv6", Set.of("type"));
    private static final Set<String> INTERFACES = Set.of("iifname", "oifname", "iif", "oif");
    private static final Set<String> VERDICTS = Set.of("accept", "drop", "return", "continue", "masquerade", "reject");

    private final List<NftToken> tokens;
    private int at;
    private final List<String> words = new ArrayList<>();
    private final JsonArray expressions = new JsonArray();

    private NftRule(List<NftToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * A rule that was read.
     *
     * @param text as nft prints it
     * @param json as {@code nft -j} prints its parts
     */
    record Read(String text, JsonArray json) {}

    /** @param tokens of the rule, its end last */
    static Read read(List<NftToken> tokens) {
        NftRule rule = new NftRule(tokens);
        while (!rule.peek().isEnd()) {
            rule.part();
        }
        return new Read(String.join(" ", rule.words), rule.expressions);
    }

    private NftToken peek() {
        return tokens.get(at);
    }

    private NftToken next() {
        return tokens.get(Math.min(at++, tokens.size() - 1));
    }

    private NftFailure unexpected(NftToken token) {
        return new NftFailure(token, "syntax error, unexpected " + token.kind());
    }

    private String word() {
        NftToken token = next();
        if (!token.isWord()) {
            throw unexpected(token);
        }
        words.add(token.text());
        return token.text();
    }

    private void part() {
        NftToken token = peek();
        String word = token.text();
        Set<String> fields = FIELDS.get(word);
        if (fields != null) {
            word();
            NftToken field = peek();
            if (!fields.contains(field.text())) {
                throw unexpected(field);
            }
            word();
            if (field.text().equals("original")) {
                expect(Set.of("proto-dst", "proto-src"));
            }
            match(left(word, field.text()), word, field.text());
        } else if (INTERFACES.contains(word)) {
            word();
            match(single("meta", single("key", word)), "meta", word);
        } else if (word.equals("fib")) {
            word();
            expect(Set.of("daddr", "saddr"));
            expect(Set.of("type"));
            match(single("fib", single("result", "type")), "fib", "type");
        } else if (VERDICTS.contains(word)) {
            word();
            expressions.add(nothing(word));
        } else if (word.equals("counter")) {
            word();
            JsonObject counter = new JsonObject();
            counter.addProperty("packets", 0);
            counter.addProperty("bytes", 0);
            words.add("packets 0 bytes 0");
            expressions.add(single("counter", counter));
        } else if (word.equals("dnat") || word.equals("snat") || word.equals("redirect")) {
            translate(word);
        } else if (word.equals("jump") || word.equals("goto")) {
            word();
            expressions.add(single(word, single("target", word())));
        } else if (word.equals("comment")) {
            words.add(next().text());
            words.add(string());
        } else {
            throw unexpected(token);
        }
    }

    private void expect(Set<String> known) {
        NftToken token = peek();
        if (!known.contains(token.text())) {
            throw unexpected(token);
        }
        word();
    }

    private String string() {
        NftToken token = next();
        if (!token.text().startsWith("\"") || token.text().length() < 2) {
            throw unexpected(token);
        }
        return token.text();
    }

    private void translate(String kind) {
        word();
        JsonObject to = new JsonObject();
        if (Set.of("ip", "ip6").contains(peek().text())) {
            to.addProperty("family", word());
        }
        if (peek().text().equals("to")) {
            word();
            NftToken token = next();
            String target = token.text();
            String address = target.replaceFirst("(?<=[\\d\\].]):\\d+(?:-\\d+)?$|^:\\d+(?:-\\d+)?$", "");
            String port = target.substring(address.length()).replace(":", "");
            boolean addressFits =
                    address.isEmpty() ? kind.equals("redirect") : isAddress(address.replaceAll("[\\[\\]]", ""));
            if (!addressFits || (!port.isEmpty() && !isPort(port))) {
                throw unexpected(token);
            }
            words.add(target);
            if (!address.isEmpty()) {
                to.addProperty("addr", address);
            }
            if (port.matches("\\d+")) {
                to.addProperty("port", Integer.parseInt(port));
            }
        } else if (!kind.equals("redirect")) {
            throw unexpected(peek());
        }
        expressions.add(to.isEmpty() ? nothing(kind) : single(kind, to));
    }

    private void match(JsonObject left, String of, String field) {
        String operator = "==";
        if (Set.of("==", "!=").contains(peek().text())) {
            operator = next().text();
            if (operator.equals("!=")) {
                words.add(operator);
            }
        }
        JsonObject match = new JsonObject();
        match.addProperty("op", of.equals("ct") ? "in" : operator);
        match.add("left", left);
        if (peek().text().equals("{")) {
            next();
            JsonArray set = new JsonArray();
            List<String> items = new ArrayList<>();
            while (!peek().text().equals("}")) {
                String item = value(of, field);
                items.add(item);
                set.add(scalar(item));
                if (peek().text().equals(",")) {
                    next();
                } else if (!peek().text().equals("}")) {
                    throw unexpected(peek());
                }
            }
            next();
            words.add("{ " + String.join(", ", items) + " }");
            match.add("right", single("set", set));
        } else {
            String item = value(of, field);
            while (of.equals("ct") && peek().text().equals(",")) {
                next();
                item += "," + value(of, field);
            }
            words.add(item);
            match.add("right", scalar(item));
        }
        expressions.add(single("match", match));
    }

    private String value(String of, String field) {
        NftToken token = next();
        String text = token.text();
        boolean fits = switch (field) {
            case "sport", "dport" -> isPort(text);
            case "saddr", "daddr" -> isAddress(text.replaceFirst("/\\d+$", "")) || text.startsWith("@");
            case "iifname", "oifname", "iif", "oif" -> token.isWord() || text.startsWith("\"");
            default -> token.isWord();
        };
        if (!fits || text.isEmpty()) {
            throw unexpected(token);
        }
        boolean quoted = of.equals("meta") && field.endsWith("name") && token.isWord();
        return quoted ? "\"" + text + "\"" : text;
    }

    private static boolean isPort(String text) {
        if (text.matches("[a-z][a-z0-9-]*") || text.startsWith("@")) {
            return true;
        }
        return text.matches("\\d{1,5}(?:-\\d{1,5})?")
                && List.of(text.split("-", -1)).stream().allMatch(each -> Integer.parseInt(each) < 65_536);
    }

    private static boolean isAddress(String text) {
        return text.matches("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}")
                || text.matches("[0-9a-fA-F:]*:[0-9a-fA-F:]*");
    }

    private static JsonObject left(String of, String field) {
        if (of.equals("ct") || of.equals("meta")) {
            return single(of, single("key", field));
        }
        JsonObject payload = new JsonObject();
        payload.addProperty("protocol", of);
        payload.addProperty("field", field);
        return single("payload", payload);
    }

    private static JsonPrimitive scalar(String text) {
        String plain = text.replaceAll("^\"|\"$", "");
        return plain.matches("\\d{1,9}") ? new JsonPrimitive(Integer.parseInt(plain)) : new JsonPrimitive(plain);
    }

    private static JsonObject single(String key, com.google.gson.JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(key, value);
        return object;
    }

    private static JsonObject single(String key, String value) {
        return single(key, new JsonPrimitive(value));
    }

    private static JsonObject nothing(String key) {
        return single(key, com.google.gson.JsonNull.INSTANCE);
    }
}
