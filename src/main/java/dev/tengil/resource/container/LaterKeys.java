package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;
import java.util.Map;

/** Keys of a container whose work has not landed: read and checked like any other, so that a file is right before they do something. */
final class LaterKeys {

    private static final Shape.Scalar<String> DURATION = Scalars.of(
            "duration",
            Shape.Schema.textOrNumber(),
            text -> text.matches("(?:\\d{1,6}h)?(?:\\d{1,6}m)?(?:\\d{1,6}s?)?") && !text.isEmpty()
                    ? Parsed.ok(text)
                    : Parsed.bad("write a duration like 30s, 5m or 1m30s"));

    private static final Key<String> HTTP =
            Key.of("http", Scalars.text(), "A path or address that answers with 200 to 399: `:8080/health`.");
    private static final Key<Integer> TCP = Key.of("tcp", Scalars.integer(1, 65535), "A port that takes connections.");
    private static final Key<List<String>> EXEC =
            Key.of("exec", ContainerShapes.words(), "A program in the container that ends with 0.");
    private static final Key<Fields> HEALTH_CHECK = Key.later(
            "health",
            Shape.struct(
                            "health check",
                            HTTP,
                            TCP,
                            EXEC,
                            Key.of("interval", DURATION, "How often to ask."),
                            Key.of("timeout", DURATION, "How long to wait for an answer."),
                            Key.of("retries", Scalars.integer(1, 1000), "How many failures in a row are one too many."),
                            Key.of("start_period", DURATION, "How long it may take to start."))
                    .refine(LaterKeys::oneCheck),
            "How to tell that it works: one of `http`, `tcp` and `exec`.");

    private static final Key<Map<Located<String>, Located<Literal>>> LABELS =
            Key.later("labels", ContainerShapes.anyMap(), "Labels for service discovery.");
    private static final Key<String> RESTART = Key.later(
            "restart",
            Scalars.word("always", "on-failure", "no", "unless-stopped"),
            "What happens when the program ends.");
    static final List<Key<?>> ALL = List.of(LABELS, HEALTH_CHECK, RESTART);

    private LaterKeys() {}

    private static Parsed<Fields> oneCheck(Located<Fields> health) {
        long checks = List.<Key<?>>of(HTTP, TCP, EXEC).stream()
                .filter(health.value()::has)
                .count();
        return checks == 1 ? Parsed.ok(health.value()) : Parsed.bad("say one of http, tcp and exec");
    }
}
