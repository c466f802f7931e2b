package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.model.Shape;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a configuration by the descriptors of its root. Never throws: whatever is wrong becomes a diagnostic with a place. */
public final class Loader {

    private Loader() {}

    /**
     * Reads everything and reports all mistakes at once.
     *
     * @param root the known top-level keys; holds those of {@link Preamble}
     */
    public static Loaded load(Source source, Shape.Struct root, Environment environment) {
        Diagnostics diagnostics = new Diagnostics();
        Lines lines = new Lines(source);
        Node tree = new TreeReader(source, lines, diagnostics).read();
        if (tree == null) {
            return new Loaded(null, diagnostics, source);
        }
        Variables variables = new Variables(source, lines, environment, diagnostics);
        Interpreter interpreter = new Interpreter(variables, diagnostics);
        if (tree instanceof Node.Scalar scalar && scalar.isNull()) {
            diagnostics.add(Diagnostic.error("config.empty", "the file says nothing")
                    .at(lines.span(0, 0))
                    .help("the smallest valid file says: version: 3"));
            return new Loaded(null, diagnostics, source);
        }
        if (tree instanceof Node.Mapping mapping) {
            declareVariables(mapping, variables);
            declareSecrets(mapping, variables, interpreter, environment, diagnostics);
        }
        variables.secretsAreRead();
        Located<Fields> fields = interpreter.read(tree, root, "the file");
        return new Loaded(fields == null ? null : fields.value(), diagnostics, source);
    }

    private static void declareVariables(Node.Mapping root, Variables variables) {
        if (section(root, Preamble.VARS.name()) instanceof Node.Mapping vars) {
            for (Node.Entry entry : vars.entries()) {
                if (entry.key() instanceof Node.Scalar name && entry.value() instanceof Node.Scalar value) {
                    variables.declare(name.text(), value);
                }
            }
        }
    }

    private static void declareSecrets(
            Node.Mapping root,
            Variables variables,
            Interpreter interpreter,
            Environment environment,
            Diagnostics diagnostics) {
        if (!(section(root, Preamble.SECRETS.name()) instanceof Node.Mapping section)) {
            return;
        }
        Located<Map<Located<String>, Located<SecretSource>>> read =
                interpreter.read(section, Preamble.SECRETS.shape(), Preamble.SECRETS.name());
        if (read != null) {
            read.value().forEach((name, from) -> {
                switch (environment.secret(name.value(), from.value())) {
                    case Parsed.Ok<Secret>(Secret secret) -> variables.declareSecret(name.value(), Optional.of(secret));
                    case Parsed.Bad<Secret>(String reason) -> {
                        diagnostics.add(
                                Diagnostic.error("config.secret", reason).at(from.span()));
                        variables.declareSecret(name.value(), Optional.empty());
                    }
                }
            });
        }
        for (Node.Entry entry : section.entries()) {
            if (entry.key() instanceof Node.Scalar name) {
                variables.declareSecret(name.text(), Optional.empty());
            }
        }
    }

    private static @Nullable Node section(Node.Mapping root, String name) {
        for (Node.Entry entry : root.entries()) {
            if (entry.key() instanceof Node.Scalar key && key.text().equals(name)) {
                return entry.value();
            }
        }
        return null;
    }
}
