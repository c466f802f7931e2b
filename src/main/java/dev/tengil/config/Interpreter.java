package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads nodes by their shapes. Says what is wrong with each and goes on with the next. */
final class Interpreter {

    static final String SECRET_TAG = "!secret";

    private static final String YAML = "tag:yaml.org,2002:";
    private static final Pattern SUGGESTION = Pattern.compile("; (did you mean .*\\?)$");

    private final Variables variables;
    private final Diagnostics diagnostics;
    private final Entries entries;

    Interpreter(Variables variables, Diagnostics diagnostics) {
        this.variables = variables;
        this.diagnostics = diagnostics;
        this.entries = new Entries(diagnostics);
    }

    /**
     * The node's value and place, or null after saying why not.
     *
     * @param label what the person calls this place: the name of the nearest key
     */
    @SuppressWarnings(
            "unchecked") // each case gives what its shape says; the compiler cannot follow T through the switch
    <T> @Nullable Located<T> read(Node node, Shape<T> shape, String label) {
        Object value = switch (shape) {
            case Shape.Scalar<T> scalar -> scalar(node, scalar, label);
            case Shape.Sequence<?> sequence -> sequence(node, sequence, label);
            case Shape.Mapping<?, ?> mapping -> mapping(node, mapping, label);
            case Shape.Struct struct -> struct(node, struct, label);
            case Shape.Refined<?, T> refined -> refined(node, refined, label);
            case Shape.Either<T> either -> {
                Shape<? extends T> chosen = choose(node, either, label);
                Located<? extends T> read = chosen == null ? null : read(node, chosen, label);
                yield read == null ? null : read.value();
            }
        };
        return value == null ? null : new Located<>((T) value, node.span());
    }

    private <T> @Nullable T scalar(Node node, Shape.Scalar<T> shape, String label) {
        Literal literal = literal(node, shape, label);
        if (literal == null) {
            return null;
        }
        return switch (shape.reader().apply(literal)) {
            case Parsed.Ok<T>(T value) -> value;
            case Parsed.Bad<T>(String reason) -> {
                refuse(label, reason, node.span());
                yield null;
            }
        };
    }

    private @Nullable Literal literal(Node node, Shape.Scalar<?> shape, String label) {
        if (node instanceof Node.Mapping mapping && Forms.isSecret(mapping)) {
            return secret(mapping.entries().getFirst().value());
        }
        if (!(node instanceof Node.Scalar scalar)) {
            wrongType(label, article(shape.type()), node);
            return null;
        }
        if (SECRET_TAG.equals(scalar.tag())) {
            return secret(scalar);
        }
        if (!tagAllowed(scalar, List.of("str", "int", "float", "bool"))) {
            return null;
        }
        if (scalar.isNull()) {
            Diagnostic empty = Diagnostic.error("config.no-value", label + " has no value")
                    .at(scalar.span())
                    .hint("expected " + article(shape.type()));
            diagnostics.add(
                    scalar.text().isEmpty()
                            ? empty
                            : empty.help("write \"" + scalar.text() + "\" in quotes if this text is meant"));
            return null;
        }
        Text text = variables.expand(scalar);
        return text == null ? null : text.literal();
    }

    private @Nullable Literal secret(Node node) {
        if (!(node instanceof Node.Scalar name) || name.isNull()) {
            diagnostics.add(Diagnostic.error("config.secret", "the name of a secret belongs here")
                    .at(node.span()));
            return null;
        }
        Secret secret = variables.secret(name.text(), name.span());
        return secret == null ? null : new Literal(secret.name(), false, secret);
    }

    private <T> @Nullable List<Located<T>> sequence(Node node, Shape.Sequence<T> shape, String label) {
        if (Forms.isNull(node)) {
            return List.of();
        }
        if (!(node instanceof Node.Sequence sequence)) {
            wrongType(label, "a list", node);
            return null;
        }
        if (!tagAllowed(node, List.of("seq"))) {
            return null;
        }
        List<Located<T>> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            Located<T> read = read(item, shape.item(), label);
            if (read != null) {
                items.add(read);
            }
        }
        return List.copyOf(items);
    }

    private <K, V> @Nullable Map<Located<K>, Located<V>> mapping(Node node, Shape.Mapping<K, V> shape, String label) {
        if (Forms.isNull(node)) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(label, "a mapping", node);
            return null;
        }
        if (!tagAllowed(node, List.of("map"))) {
            return null;
        }
        Map<Located<K>, Located<V>> found = new LinkedHashMap<>();
        Map<K, Span> names = new LinkedHashMap<>();
        entries.of(mapping).forEach((written, entry) -> {
            Located<K> name = read(entry.key(), shape.name(), label);
            Located<V> value = read(entry.value(), shape.value(), written);
            if (name == null) {
                return;
            }
            Span before = names.putIfAbsent(name.value(), name.span());
            if (before != null) {
                diagnostics.add(Entries.twice(written, name.span(), before));
            } else if (value != null) {
                found.put(name, value);
            }
        });
        return Collections.unmodifiableMap(found);
    }

    private @Nullable Fields struct(Node node, Shape.Struct shape, String label) {
        if (Forms.isNull(node)) {
            return Fields.builder(node.span()).build();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(label, "a mapping", node);
            return null;
        }
        if (!tagAllowed(node, List.of("map"))) {
            return null;
        }
        return new StructReader(this, diagnostics).read(mapping, entries.of(mapping), shape);
    }

    private <A, T> @Nullable T refined(Node node, Shape.Refined<A, T> shape, String label) {
        int before = diagnostics.errors();
        Located<A> inner = read(node, shape.inner(), label);
        if (inner == null || diagnostics.errors() > before) {
            // What is wrong inside was said; what follows from it would be the same mistake again.
            return null;
        }
        return switch (shape.refine().apply(inner)) {
            case Parsed.Ok<T>(T value) -> value;
            case Parsed.Bad<T>(String reason) -> {
                refuse(label, reason, node.span());
                yield null;
            }
        };
    }

    private <T> @Nullable Shape<? extends T> choose(Node node, Shape.Either<T> either, String label) {
        for (Forms.Form form : Forms.of(node)) {
            for (Shape<? extends T> alternative : either.alternatives()) {
                if (Forms.accepted(alternative).contains(form)) {
                    return alternative;
                }
            }
        }
        wrongType(label, Forms.describe(either), node);
        return null;
    }

    private void refuse(String label, String reason, Span span) {
        Matcher suggestion = SUGGESTION.matcher(reason);
        boolean suggests = suggestion.find();
        String bare = suggests ? reason.substring(0, suggestion.start()) : reason;
        diagnostics.add(Diagnostic.error("config.value", label + ": " + bare)
                .at(span)
                .hint(suggests ? suggestion.group(1) : null));
    }

    private void wrongType(String label, String expected, Node found) {
        diagnostics.add(
                Diagnostic.error("config.type", label + ": expected " + expected + ", found " + Forms.describe(found))
                        .at(found.span())
                        .hint("expected " + expected));
    }

    private boolean tagAllowed(Node node, List<String> standard) {
        String tag = node.tag();
        if (tag == null || tag.equals("!") || standard.stream().anyMatch(name -> tag.equals(YAML + name))) {
            return true;
        }
        String shown = tag.startsWith(YAML) ? "!!" + tag.substring(YAML.length()) : tag;
        diagnostics.add(Diagnostic.error("config.tag", "the tag " + shown + " is not allowed here")
                .at(node.span())
                .help("tengil knows one tag: !secret NAME"));
        return false;
    }

    private static String article(String type) {
        return switch (type) {
            case "text" -> "text";
            case "name", "path", "size", "mode", "whole number" -> "a " + type;
            default -> type;
        };
    }
}
