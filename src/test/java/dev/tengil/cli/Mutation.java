package dev.tengil.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Spoils a file in the ways in which files go wrong: by bytes, by words, and by the nodes of its tree. */
final class Mutation {

    /** What a careless or hostile hand writes where a value belongs. */
    static final List<Object> STRANGE = strange();

    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|\\W");
    private static final Pattern VALUE = Pattern.compile("[^\\s\"'{}\\[\\],]+(?<!:)");
    private static final Pattern SECRET = Pattern.compile("!secret ([\\w.-]+)");

    private final Random random;
    private List<String> words = List.of();

    Mutation(Random random) {
        this.random = random;
    }

    private static List<Object> strange() {
        List<Object> all = new ArrayList<>(List.of(
                "",
                " ",
                "-",
                "--",
                "-rf",
                "/",
                "//",
                "..",
                "../..",
                "/etc/../x",
                "/proc",
                "/a,mp=/b",
                "a,b=c",
                "a=b",
                "a;b",
                "a b",
                "`id`",
                "$(id)",
                "${x}",
                "${env:HOME}",
                "${file:/etc/passwd}",
                "${",
                "$${",
                "'",
                "\"",
                "\\",
                "a\nb",
                "a\r\nb",
                "\u0000"));
        all.addAll(List.of(
                "a\u0000b",
                "\u001b[31m",
                "\u009b31m",
                "\u0007",
                "\u007f",
                "\t",
                "\u2028",
                "\u202e",
                "\u00e9",
                "\ud83d\ude00",
                "\ud800",
                "%U",
                "[global]",
                "#",
                "# no",
                "*",
                "&a",
                "!x",
                "@all",
                "|",
                ">",
                "a: b",
                "- a",
                "{",
                "}",
                "[]",
                "~",
                "null",
                "yes",
                "no"));
        all.addAll(List.of(
                "on",
                "off",
                "0",
                "-1",
                "1e99",
                "NaN",
                ".inf",
                "0x10",
                "0o17",
                "0777",
                "1:30",
                "2001-01-01",
                "10 G",
                "10GB",
                "9999P",
                "1.5G",
                "99999999999999999999",
                "65536",
                "4294967295",
                "100000",
                "root",
                "global",
                "tank",
                "tank/docs",
                "container",
                "a".repeat(64)));
        all.addAll(List.of(
                "a".repeat(256),
                "/" + "a/".repeat(3000) + "a",
                "x".repeat(70_000),
                true,
                false,
                0,
                -1,
                1.5,
                Long.MAX_VALUE,
                List.of(),
                Map.of(),
                List.of("a"),
                List.of(List.of()),
                Map.of("a", "b"),
                Map.of("secret", "x"),
                Map.of("", "")));
        return List.copyOf(all);
    }

    byte[] of(String text) {
        words = VALUE.matcher(text).results().map(MatchResult::group).toList();
        return switch (random.nextInt(6)) {
            case 0 -> bytes(text.getBytes(StandardCharsets.UTF_8));
            case 1 -> tokens(text).getBytes(StandardCharsets.UTF_8);
            default -> tree(text, random.nextInt(5) == 0 ? 3 : 1).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] bytes(byte[] from) {
        byte[] bytes = from;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length + 1);
            int length = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 4 : 200));
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, length, new byte[0]);
                case 1 -> spliced(bytes, at, 0, java.util.Arrays.copyOfRange(bytes, at, at + length));
                case 2 -> spliced(bytes, at, bytes.length - at, new byte[0]);
                case 3 -> spliced(bytes, at, Math.min(1, length), new byte[] {(byte) random.nextInt(128)});
                default -> spliced(bytes, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, int remove, byte[] insert) {
        byte[] result = new byte[bytes.length - remove + insert.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(insert, 0, result, at, insert.length);
        System.arraycopy(bytes, at + remove, result, at + insert.length, bytes.length - at - remove);
        return result;
    }

    private String tokens(String text) {
        List<String> tokens = new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
        for (int times = 1 + random.nextInt(4); times > 0 && !tokens.isEmpty(); times--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(4)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                default -> tokens.set(at, String.valueOf(any()));
            }
        }
        return String.join("", tokens);
    }

    private String tree(String text, int times) {
        Object root = new Load(LoadSettings.builder().build())
                .loadFromString(SECRET.matcher(text).replaceAll("{secret: $1}"));
        for (int time = 0; time < times; time++) {
            root = node(root, random.nextInt(4) == 0 ? 3 : 12);
        }
        FlowStyle style = random.nextBoolean() ? FlowStyle.BLOCK : FlowStyle.AUTO;
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(style)
                        .setDereferenceAliases(random.nextBoolean())
                        .build())
                .dumpToString(root);
    }

    /** Goes down a random way, and changes what is there. */
    private Object node(Object node, int depth) {
        if (depth > 0 && node instanceof Map<?, ?> map && !map.isEmpty()) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            Object key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
            switch (random.nextInt(30)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put(any(), copy.remove(key));
                case 2 -> copy.put(any(), copy.get(key));
                default -> copy.put(key, node(copy.get(key), depth - 1));
            }
            return copy;
        }
        if (depth > 0 && node instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            switch (random.nextInt(20)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.add(copy.get(at));
                case 2 -> copy.add(any());
                default -> copy.set(at, node(copy.get(at), depth - 1));
            }
            return copy;
        }
        return switch (random.nextInt(12)) {
            case 0 -> List.of(node);
            case 1 -> Map.of(any(), node);
            case 2 -> node + String.valueOf(any());
            case 3 -> any() + String.valueOf(node);
            default -> any();
        };
    }

    private Object any() {
        return random.nextInt(3) == 0 && !words.isEmpty()
                ? words.get(random.nextInt(words.size()))
                : STRANGE.get(random.nextInt(STRANGE.size()));
    }
}
