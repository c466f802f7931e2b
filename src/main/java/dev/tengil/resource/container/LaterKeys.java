package dev.tengil.resource.container;

import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Scalars;
import java.util.List;
import java.util.Map;

/** Keys of a container whose work has not landed: read and checked like any other, so that a file is right before they do something. */
final class LaterKeys {

    private static final Key<Map<Located<String>, Located<Literal>>> LABELS =
            Key.later("labels", ContainerShapes.anyMap(), "Labels for service discovery.");
    private static final Key<String> RESTART = Key.later(
            "restart",
            Scalars.word("always", "on-failure", "no", "unless-stopped"),
            "What happens when the program ends.");
    static final List<Key<?>> ALL = List.of(LABELS, RESTART);

    private LaterKeys() {}
}
