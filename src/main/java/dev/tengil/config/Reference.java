package dev.tengil.config;

import dev.tengil.model.Key;
import dev.tengil.model.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the reference of a file's keys as Markdown, from the descriptors that the parser reads. */
public final class Reference {

    private final StringBuilder out = new StringBuilder();
    private final Set<String> known = new HashSet<>();
    private final Deque<Shape.Struct> open = new ArrayDeque<>();

    private Reference() {}

    /** One section per mapping with known keys, the root first. */
    public static String markdown(Shape.Struct root) {
        Reference reference = new Reference();
        reference.known.add(root.title());
        reference.open.add(root);
        while (!reference.open.isEmpty()) {
            reference.section(reference.open.remove());
        }
        return reference.out.toString();
    }

    private void section(Shape.Struct struct) {
        out.append("## ").append(struct.title()).append("\n\n| key | value | meaning |\n|---|---|---|\n");
        for (Key<?> key : struct.keys().get()) {
            if (key.instead() != null) {
                continue;
            }
            out.append("| `").append(key.name()).append('`');
            if (key.support() == Key.Support.LATER) {
                out.append(" *(not yet)*");
            }
            out.append(" | ").append(cell(form(key.shape()))).append(" | ").append(cell(key.doc()));
            if (!key.formerly().isEmpty()) {
                out.append(" Formerly ")
                        .append(key.formerly().stream()
                                .map(old -> "`" + old + "`")
                                .collect(Collectors.joining(", ")))
                        .append('.');
            }
            out.append(" |\n");
        }
        List<Key<?>> old = struct.keys().get().stream()
                .filter(key -> key.instead() != null)
                .toList();
        if (!old.isEmpty()) {
            out.append("\nOf older files, accepted with a warning: ");
            out.append(old.stream()
                    .map(key -> "`" + key.name() + "` (today " + key.instead() + ")")
                    .distinct()
                    .collect(Collectors.joining("; ")));
            out.append(".\n");
        }
        out.append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private String form(Shape<?> shape) {
        return switch (shape) {
            case Shape.Scalar<?> scalar -> scalar.type();
            case Shape.Sequence<?> sequence -> "list of " + form(sequence.item());
            case Shape.Mapping<?, ?> mapping -> mapping.name().type() + " → " + form(mapping.value());
            case Shape.Struct struct -> {
                if (known.add(struct.title())) {
                    open.add(struct);
                }
                yield "[" + struct.title() + "](#"
                        + struct.title()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-')
                        + ")";
            }
            case Shape.Either<?> either ->
                either.alternatives().stream().map(this::form).distinct().collect(Collectors.joining(" or "));
            case Shape.Refined<?, ?> refined -> form(refined.inner());
        };
    }
}
