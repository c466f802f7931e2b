package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of a mapping by name: says what is given twice, and follows merge keys ({@code <<}). */
final class Entries {

    private static final String MERGE = "<<";

    private final Diagnostics diagnostics;

    Entries(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Name to entry: what the mapping says itself wins over what it merges, the first merged over later ones. */
    Map<String, Node.Entry> of(Node.Mapping mapping) {
        Map<String, Node.Entry> found = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            switch (entry.key()) {
                case Node.Scalar key when isMerge(key) -> {}
                case Node.Scalar key -> {
                    Node.Entry before = found.putIfAbsent(key.text(), entry);
                    if (before != null) {
                        diagnostics.add(
                                twice(key.text(), key.span(), before.key().span()));
                    }
                }
                case Node.Sequence _, Node.Mapping _ ->
                    diagnostics.add(Diagnostic.error(
                                    "config.type", "a key is a single value, not " + Forms.describe(entry.key()))
                            .at(entry.key().span())
                            .help("a text that begins with { or [ needs quotes"));
            }
        }
        for (Node.Entry entry : mapping.entries()) {
            if (entry.key() instanceof Node.Scalar key && isMerge(key)) {
                merge(entry.value(), found);
            }
        }
        return found;
    }

    /** {@code name} was given before. */
    static Diagnostic twice(String name, Span second, Span first) {
        return Diagnostic.error("config.duplicate-key", "\"" + name + "\" is given twice")
                .at(second)
                .hint("first in line " + first.line())
                .help("keep one of the two");
    }

    private void merge(Node value, Map<String, Node.Entry> found) {
        List<Node> merged = value instanceof Node.Sequence several ? several.items() : List.of(value);
        for (Node one : merged) {
            if (one instanceof Node.Mapping mapping) {
                of(mapping).forEach(found::putIfAbsent);
            } else {
                diagnostics.add(Diagnostic.error("config.type", "<< merges mappings, found " + Forms.describe(one))
                        .at(one.span())
                        .help("write for example: <<: *name"));
            }
        }
    }

    private static boolean isMerge(Node.Scalar key) {
        return key.plain() && key.text().equals(MERGE);
    }
}
