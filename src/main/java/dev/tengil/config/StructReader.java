package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a mapping with known keys: refuses unknown ones, and reads old spellings with a warning. */
final class StructReader {

    private static final int SHORT_LIST = 12;

    private final Interpreter interpreter;
    private final Diagnostics diagnostics;

    StructReader(Interpreter interpreter, Diagnostics diagnostics) {
        this.interpreter = interpreter;
        this.diagnostics = diagnostics;
    }

    Fields read(Node.Mapping mapping, Map<String, Node.Entry> entries, Shape.Struct shape) {
        List<Key<?>> keys = shape.keys().get();
        Map<String, Key<?>> byName = new HashMap<>();
        for (Key<?> key : keys) {
            key.formerly().forEach(old -> byName.putIfAbsent(old, key));
        }
        for (Key<?> key : keys) {
            byName.put(key.name(), key);
        }
        Fields.Builder fields = Fields.builder(mapping.span());
        Map<Key<?>, Node.Entry> given = new HashMap<>();
        entries.forEach((name, entry) -> {
            Key<?> key = byName.get(name);
            if (key == null) {
                unknown(name, entry.key(), shape.title(), keys);
                return;
            }
            warnIfOld(name, entry.key(), key);
            Node.Entry before = given.putIfAbsent(key, entry);
            if (before == null) {
                put(fields, key, entry);
            } else {
                bothSpellings(name, entry.key(), before.key(), key);
            }
        });
        return fields.build();
    }

    private <T> void put(Fields.Builder fields, Key<T> key, Node.Entry entry) {
        Located<T> value = interpreter.read(entry.value(), key.shape(), key.name());
        if (value != null) {
            fields.put(key, entry.key().span(), value);
        }
    }

    private void warnIfOld(String name, Node written, Key<?> key) {
        if (!name.equals(key.name())) {
            diagnostics.add(
                    Diagnostic.warning("config.old-spelling", "\"" + name + "\" is now called \"" + key.name() + "\"")
                            .at(written.span())
                            .hint("write " + key.name()));
        } else if (key.instead() != null) {
            diagnostics.add(Diagnostic.warning("config.old-spelling", "\"" + name + "\" is an old spelling")
                    .at(written.span())
                    .hint("write " + key.instead()));
        }
    }

    private void bothSpellings(String name, Node second, Node first, Key<?> key) {
        String other = first instanceof Node.Scalar scalar ? scalar.text() : key.name();
        diagnostics.add(Diagnostic.error("config.duplicate-key", "\"" + name + "\" and \"" + other + "\" mean the same")
                .at(second.span())
                .hint("\"" + other + "\" is given in line " + first.span().line())
                .help("keep \"" + key.name() + "\""));
    }

    private void unknown(String name, Node written, String title, List<Key<?>> keys) {
        List<String> names = new ArrayList<>(keys.stream()
                .filter(key -> key.instead() == null)
                .map(Key::name)
                .toList());
        Optional<String> near = Nearest.to(name, names);
        Diagnostic unknown = Diagnostic.error("config.unknown-key", "there is no key \"" + name + "\" in a " + title)
                .at(written.span());
        if (near.isPresent()) {
            diagnostics.add(unknown.hint("did you mean \"" + near.get() + "\"?"));
            return;
        }
        String known = String.join(", ", names.stream().sorted().toList());
        diagnostics.add(unknown.help(
                names.size() <= SHORT_LIST
                        ? "known keys: " + known
                        : "the keys of a " + title + " are listed in docs/configuration.md"));
    }
}
