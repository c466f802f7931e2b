package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;

/**
 * Another container that comes first.
 *
 * @param healthy whether it must be healthy, and not only have been started
 */
record Dependency(String name, boolean healthy) {

    private static final Key<String> CONDITION = Key.of(
            "condition",
            Scalars.word("started", "healthy"),
            "`healthy`: waits until its `health` says so, and does not start when it does not. Default: `started`.");

    private static final Shape<List<Located<Dependency>>> NAMES = ContainerShapes.oneOrMore(ContainerShapes.NAME)
            .refine(names -> Parsed.ok(names.value().stream()
                    .map(name -> new Located<>(new Dependency(name.value(), false), name.span()))
                    .toList()));

    private static final Shape<List<Located<Dependency>>> CONDITIONS = Shape.mapOf(
                    ContainerShapes.NAME, Shape.struct("dependency", CONDITION))
            .refine(entries -> Parsed.ok(entries.value().entrySet().stream()
                    .map(entry -> new Located<>(
                            new Dependency(entry.getKey().value(), isHealthy(entry.getValue())),
                            entry.getKey().span()))
                    .toList()));

    /** A name, a list of names, or a mapping from names to conditions. */
    static final Shape<List<Located<Dependency>>> SHAPE = Shape.either(NAMES, CONDITIONS);

    private static boolean isHealthy(Located<Fields> entry) {
        return "healthy".equals(entry.value().value(CONDITION));
    }
}
