package dev.tengil.config;

import dev.tengil.model.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The three forms of YAML nodes: by them alternatives are told apart. */
final class Forms {

    /** What a node looks like. */
    enum Form {
        SCALAR("a single value"),
        SEQUENCE("a list"),
        MAPPING("a mapping");

        private final String words;

        Form(String words) {
            this.words = words;
        }
    }

    private Forms() {}

    /** The forms a node may be read as, the likeliest first: nothing may stand for an empty mapping or list. */
    static List<Form> of(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                scalar.isNull() ? List.of(Form.MAPPING, Form.SEQUENCE, Form.SCALAR) : List.of(Form.SCALAR);
            case Node.Sequence _ -> List.of(Form.SEQUENCE);
            case Node.Mapping mapping -> isSecret(mapping) ? List.of(Form.SCALAR, Form.MAPPING) : List.of(Form.MAPPING);
        };
    }

    static Set<Form> accepted(Shape<?> shape) {
        return switch (shape) {
            case Shape.Scalar<?> _ -> EnumSet.of(Form.SCALAR);
            case Shape.Sequence<?> _ -> EnumSet.of(Form.SEQUENCE);
            case Shape.Mapping<?, ?> _ -> EnumSet.of(Form.MAPPING);
            case Shape.Struct _ -> EnumSet.of(Form.MAPPING);
            case Shape.Refined<?, ?> refined -> accepted(refined.inner());
            case Shape.Either<?> either -> {
                Set<Form> all = EnumSet.noneOf(Form.class);
                either.alternatives().forEach(alternative -> all.addAll(accepted(alternative)));
                yield all;
            }
        };
    }

    static String describe(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.isNull() ? "nothing" : Form.SCALAR.words;
            case Node.Sequence _ -> Form.SEQUENCE.words;
            case Node.Mapping _ -> Form.MAPPING.words;
        };
    }

    static String describe(Shape<?> shape) {
        return accepted(shape).stream().map(form -> form.words).collect(Collectors.joining(" or "));
    }

    static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNull();
    }

    /** {@code {secret: name}}. */
    static boolean isSecret(Node.Mapping mapping) {
        return mapping.entries().size() == 1
                && mapping.entries().getFirst().key() instanceof Node.Scalar key
                && key.text().equals("secret")
                && mapping.entries().getFirst().value() instanceof Node.Scalar;
    }
}
