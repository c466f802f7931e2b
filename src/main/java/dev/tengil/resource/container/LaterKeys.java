package dev.tengil.resource.container;

import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import java.util.List;
import java.util.Map;

/** Keys of a container whose work has not landed: read and checked like any other, so that a file is right before they do something. */
final class LaterKeys {

    private static final Key<Map<Located<String>, Located<Literal>>> LABELS =
            Key.later("labels", ContainerShapes.anyMap(), "Labels for service discovery.");
    static final List<Key<?>> ALL = List.of(LABELS);

    private LaterKeys() {}
}
