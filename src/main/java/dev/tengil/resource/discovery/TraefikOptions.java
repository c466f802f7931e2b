package dev.tengil.resource.discovery;

import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What labels may say to Traefik, read from {@code traefik-labels.txt}: a tree of words, with the types of values at its leaves. */
final class TraefikOptions {

    /** How the file writes a value. */
    enum Type {
        TEXT,
        NUMBER,
        BOOL,
        LIST,
        /** Something with parts, which a label may also ask for by {@code true}. */
        STRUCT
    }

    private static final String ANY = "*";
    private static final TraefikOptions ROOT = read();

    private final Map<String, TraefikOptions> below = new LinkedHashMap<>();
    private String word = "";
    private @Nullable Type type;

    private TraefikOptions() {}

    /**
     * A label in the spelling of the file.
     *
     * @param path its words; a numbered entry is a word of digits
     */
    record Option(List<String> path, Object value) {}

    /** Reads a label without its {@code traefik.}. */
    static Parsed<Option> option(String label, String value) {
        TraefikOptions here = ROOT;
        List<String> path = new ArrayList<>();
        for (String part : label.split("\\.", -1)) {
            int bracket = part.endsWith("]") ? part.indexOf('[') : -1;
            String name = bracket < 0 ? part : part.substring(0, bracket);
            TraefikOptions next = here.below.get(name.toLowerCase(Locale.ROOT) + (bracket < 0 ? "" : "[]"));
            TraefikOptions any = here.below.get(ANY);
            if (next == null && any != null && !part.isEmpty()) {
                path.add(part);
                here = any;
                continue;
            }
            String number = bracket < 0 ? "" : part.substring(bracket + 1, part.length() - 1);
            if (next == null || (bracket >= 0 && !number.matches("\\d{1,3}"))) {
                List<String> known =
                        here.below.values().stream().map(each -> each.word).toList();
                return Parsed.bad("Traefik knows no \"" + part + "\" there" + Nearest.suggestion(name, known)
                        + (known.isEmpty() ? "" : "; there are: " + String.join(", ", known)));
            }
            path.add(next.word);
            if (bracket >= 0) {
                path.add(number);
            }
            here = next;
        }
        Type type = here.type;
        return type == null
                ? Parsed.bad("it ends too early")
                : typed(type, value).map(typed -> new Option(path, typed));
    }

    private static Parsed<Object> typed(Type type, String value) {
        return switch (type) {
            case TEXT -> Parsed.ok(value);
            case NUMBER ->
                value.strip().matches("-?\\d{1,18}")
                        ? Parsed.ok(Long.valueOf(value.strip()))
                        : Parsed.bad("\"" + value + "\" is not a number");
            case BOOL ->
                value.matches("true|false")
                        ? Parsed.ok(Boolean.valueOf(value))
                        : Parsed.bad("\"" + value + "\" is neither true nor false");
            case LIST ->
                Parsed.ok(Stream.of(value.split(",", -1))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList());
            case STRUCT ->
                value.matches("true|false")
                        ? Parsed.ok(Boolean.valueOf(value))
                        : Parsed.bad("\"" + value + "\" is neither true nor false");
        };
    }

    private static TraefikOptions read() {
        TraefikOptions root = new TraefikOptions();
        try (InputStream in = TraefikOptions.class.getResourceAsStream("traefik-labels.txt")) {
            if (in == null) {
                throw new IllegalStateException("traefik-labels.txt is not in the program");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] parts = line.split(" ", -1);
                    TraefikOptions here = root;
                    for (String part : parts[0].split("\\.", -1)) {
                        here = here.below.computeIfAbsent(part.toLowerCase(Locale.ROOT), key -> new TraefikOptions());
                        here.word = part.replace("[]", "");
                    }
                    here.type = Type.valueOf(parts[1].toUpperCase(Locale.ROOT));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }
}
