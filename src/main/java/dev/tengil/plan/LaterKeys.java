package dev.tengil.plan;

import dev.tengil.model.Address;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.resource.container.ContainerKeys;
import java.util.List;

/** Top-level keys whose work has not landed: read and checked like any other, so that a file is right before they do something. */
final class LaterKeys {

    private static final Shape<Literal> ANYTHING = new Shape.Scalar<>("text", Shape.Schema.textOrNumber(), Parsed::ok);
    private static final Shape.Scalar<String> ADDRESS = Scalars.of(
            "address", Shape.Schema.text(), text -> Address.parse(text).map(Address::toString));

    private static final Key<String> USE = Key.of("use", Scalars.text(), "The package.");
    static final Key<List<Located<Fields>>> PACKAGES = Key.later(
            "packages",
            Shape.listOf(Shape.struct(
                            "package",
                            USE,
                            Key.of(
                                    "as",
                                    ContainerKeys.NAME_FORM,
                                    "What it is called here. Default: the package's name."),
                            Key.of(
                                    "in",
                                    Scalars.of("dataset", Shape.Schema.text(), DatasetName::parseNew),
                                    "The dataset that holds its data."),
                            Key.of(
                                    "with",
                                    Shape.mapOf(
                                            Scalars.text(),
                                            Shape.either(
                                                    ANYTHING,
                                                    Shape.listOf(ANYTHING)
                                                            .refine(list -> Parsed.ok(new Literal(
                                                                    list.value().toString(), false, null))))),
                                    "Values that the package asks for."))
                    .refine(entry -> entry.value().has(USE)
                            ? Parsed.ok(entry.value())
                            : Parsed.bad("say which package: {use: jellyfin}"))),
            "Packages of containers and datasets, kept as references.");

    static final Key<List<Located<Literal>>> PACKAGE_SOURCES =
            Key.later("package_sources", Shape.listOf(ANYTHING), "Where more packages come from.");

    private static final Key<String> FROM = Key.of("from", ADDRESS, "The address until now.");
    private static final Key<String> TO = Key.of("to", ADDRESS, "The address from now on.");
    static final Key<List<Located<Fields>>> MOVED = Key.later(
            "moved",
            Shape.listOf(Shape.struct("move", FROM, TO).refine(LaterKeys::move)),
            "Renames without making anew: `- {from: ADDRESS, to: ADDRESS}`.");

    private LaterKeys() {}

    private static Parsed<Fields> move(Located<Fields> entry) {
        String from = entry.value().value(FROM);
        String to = entry.value().value(TO);
        if (from == null || to == null) {
            return Parsed.bad("a move has from and to");
        }
        return from.substring(0, from.indexOf(':')).equals(to.substring(0, to.indexOf(':')))
                ? Parsed.ok(entry.value())
                : Parsed.bad("from and to are things of one kind");
    }
}
