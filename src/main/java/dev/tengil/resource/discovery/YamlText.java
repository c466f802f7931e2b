package dev.tengil.resource.discovery;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as YAML that every reader takes for the same: what is not plainly a word is quoted. */
final class YamlText {

    private static final Gson QUOTES = new GsonBuilder().disableHtmlEscaping().create();
    private static final String WORD = "[A-Za-z/][A-Za-z0-9_./@-]*";
    private static final String MEANS_ANOTHER = "(?i)true|false|yes|no|on|off|y|n|null";

    private YamlText() {}

    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        block(out, value, 0);
        return out.toString();
    }

    private static void block(StringBuilder out, Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                out.append(" ".repeat(depth)).append(scalar(key)).append(':');
                behind(out, each, depth + 2);
            });
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                out.append(" ".repeat(depth)).append('-');
                if (each instanceof Map<?, ?> map && !map.isEmpty()) {
                    StringBuilder inner = new StringBuilder();
                    block(inner, map, depth + 2);
                    out.append(' ').append(inner.substring(depth + 2));
                } else {
                    behind(out, each, depth + 2);
                }
            }
        }
    }

    private static void behind(StringBuilder out, Object value, int depth) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
            case List<?> list when list.isEmpty() -> out.append(" []\n");
            case Map<?, ?> map -> {
                out.append('\n');
                block(out, map, depth);
            }
            case List<?> list -> {
                out.append('\n');
                block(out, list, depth);
            }
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    /** JSON's quotes are YAML's as well. */
    private static String scalar(Object value) {
        String text = value.toString();
        boolean bare = !(value instanceof String) || (text.matches(WORD) && !text.matches(MEANS_ANOTHER));
        return bare ? text : QUOTES.toJson(text);
    }
}
