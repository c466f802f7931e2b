package dev.tengil.config;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The top-level keys that decide how the rest of a file is read; the root of every file holds them. */
public final class Preamble {

    /** The version that is written today. */
    public static final int CURRENT = 3;

    static final String NAME_FORM = "[A-Za-z_][A-Za-z0-9_.-]*";

    private static final Shape.Scalar<String> NAME = Scalars.of(
            "name",
            new Shape.Schema(List.of("string"), "^" + NAME_FORM + "$", List.of()),
            text -> text.matches(NAME_FORM)
                    ? Parsed.ok(text)
                    : Parsed.bad("a name begins with a letter or _ and holds letters, digits and _ . -"));

    private static final Key<String> ENV =
            Key.of("env", Scalars.text(), "Environment variable of the machine that runs tengil.");
    private static final Key<String> FILE =
            Key.of("file", Scalars.text(), "File beside the configuration; one line break at its end is left out.");
    private static final Key<Integer> GENERATE = Key.of(
            "generate",
            Scalars.integer(8, 256),
            "Number of characters of a value that is made once and kept in the secret store on the host.");

    /** Which rules the file was written for. */
    public static final Key<Integer> VERSION = Key.of(
            "version",
            Scalars.of("1, 2 or 3", new Shape.Schema(List.of("integer", "string"), "", List.of()), Preamble::version),
            "Version of the file format: `3`, also when absent. `1` and `2` are files of the earlier Python tool; their"
                    + " spellings are read with a warning.");

    /** Values for {@code ${name}}. Read as plain text; the interpolated values stand where they are used. */
    public static final Key<Map<Located<String>, Located<Literal>>> VARS = Key.of(
            "vars",
            Shape.mapOf(NAME, new Shape.Scalar<>("text", Shape.Schema.textOrNumber(), literal -> Parsed.ok(literal))),
            "Values for `${name}` anywhere in the file. `${env:NAME}` and `${file:PATH}` need no entry here; `$${` stands"
                    + " for a literal `${`.");

    /** Where secrets come from. */
    public static final Key<Map<Located<String>, Located<SecretSource>>> SECRETS = Key.of(
            "secrets",
            Shape.mapOf(NAME, Shape.struct("secret", ENV, FILE, GENERATE).refine(Preamble::source)),
            "Secrets by name, each with one source. Used as `!secret name` or `{secret: name}`, or inside a text as"
                    + " `${secret:name}`. Their values never appear in plans, state or logs.");

    private Preamble() {}

    private static Parsed<Integer> version(String text) {
        return switch (text) {
            case "1", "2", "3" -> Parsed.ok(Integer.parseInt(text));
            default ->
                text.matches("\\d{1,6}") && Integer.parseInt(text) > CURRENT
                        ? Parsed.bad("version " + text + " is newer than what this tengil reads (" + CURRENT + ")")
                        : Parsed.bad("it is 1, 2 or 3");
        };
    }

    private static Parsed<SecretSource> source(Located<Fields> secret) {
        Fields fields = secret.value();
        if (fields.keys().size() != 1) {
            return Parsed.bad("a secret has exactly one of env, file and generate");
        }
        if (fields.has(ENV)) {
            return Parsed.ok(new SecretSource.FromVariable(Objects.requireNonNull(fields.value(ENV))));
        }
        if (fields.has(FILE)) {
            return Parsed.ok(new SecretSource.FromFile(Objects.requireNonNull(fields.value(FILE))));
        }
        return Parsed.ok(new SecretSource.Generated(Objects.requireNonNull(fields.value(GENERATE))));
    }
}
