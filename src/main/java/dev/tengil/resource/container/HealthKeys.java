package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.resource.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code health:} of a container. */
final class HealthKeys {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration START_PERIOD = Duration.ofSeconds(30);
    private static final int RETRIES = 3;

    private static final Pattern LENGTH = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s?)?");
    private static final Pattern PLACE =
            Pattern.compile("(?:(https?)://)?(localhost|127\\.0\\.0\\.1)?(?::?(\\d{1,5}))?(/[!-~]*)?");

    /** What {@code http:} says; port 0 means the one that the container declares. */
    private record Place(boolean encrypted, int port, String path) {}

    private static final Key<Place> HTTP = Key.of(
            "http",
            Scalars.of("address", Shape.Schema.textOrNumber(), HealthKeys::place),
            "What answers with a status from 200 to 399, without the container's address: `:8080/health`, `/health`,"
                    + " `https://:8443/`. Without a port the first of `ports`.");
    private static final Key<Integer> TCP = Key.of("tcp", Scalars.integer(1, 65535), "A port that takes connections.");
    private static final Key<List<String>> EXEC =
            Key.of("exec", ContainerShapes.words(), "A program in the container that ends with 0.");
    private static final Key<Duration> EVERY =
            Key.of("interval", length(1), "From one question to the next. Default: `10s`.");
    private static final Key<Duration> WITHIN =
            Key.of("timeout", length(1), "How long an answer may take. Default: `5s`.");
    private static final Key<Integer> TRIES =
            Key.of("retries", Scalars.integer(1, 1000), "How many failures in a row are one too many. Default: `3`.");
    private static final Key<Duration> START =
            Key.of("start_period", length(0), "How long after a start failures do not count. Default: `30s`.");

    static final Key<Fields> HEALTH = Key.of(
            "health",
            Shape.struct("health check", HTTP, TCP, EXEC, EVERY, WITHIN, TRIES, START)
                    .refine(HealthKeys::oneProbe),
            "How to tell that it works: one of `http`, `tcp` and `exec`. Waited for after each start; `tg update` goes"
                    + " back when it fails, and `tg status` shows it.");

    private HealthKeys() {}

    /** What the file asks for; null when it asks for nothing. */
    static @Nullable HealthCheck of(Scope scope) {
        Located<Fields> asked = scope.asked.one(HEALTH);
        if (asked == null) {
            return null;
        }
        Fields fields = asked.value();
        return new HealthCheck(
                probe(scope, fields),
                fields.valueOr(EVERY, INTERVAL),
                fields.valueOr(WITHIN, TIMEOUT),
                fields.valueOr(TRIES, RETRIES),
                fields.valueOr(START, START_PERIOD));
    }

    private static HealthCheck.Probe probe(Scope scope, Fields fields) {
        Integer tcp = fields.value(TCP);
        List<String> exec = fields.value(EXEC);
        Located<Place> http = fields.get(HTTP);
        if (tcp != null) {
            return new HealthCheck.Probe.Tcp(tcp);
        }
        if (http == null) {
            return new HealthCheck.Probe.Exec(Objects.requireNonNull(exec, "one of them is given"));
        }
        Place place = http.value();
        int port = place.port();
        if (port == 0) {
            port = scope.asked.list(ContainerKeys.PORTS).stream()
                    .map(Located::value)
                    .filter(each -> each.protocol().equals("tcp"))
                    .map(PortSpec::port)
                    .findFirst()
                    .orElse(0);
        }
        if (port == 0) {
            scope.error(
                    "container.health",
                    "the health of " + scope.asked.name() + " is asked for by http, and no port is known",
                    http.span(),
                    "Write it with its port, like http: :8080" + place.path() + ", or name the port under ports:.");
        }
        return new HealthCheck.Probe.Http(place.encrypted(), port, place.path());
    }

    private static Parsed<Fields> oneProbe(Located<Fields> health) {
        long probes = List.<Key<?>>of(HTTP, TCP, EXEC).stream()
                .filter(health.value()::has)
                .count();
        return probes == 1 ? Parsed.ok(health.value()) : Parsed.bad("say one of http, tcp and exec");
    }

    private static Parsed<Place> place(String text) {
        Matcher place = PLACE.matcher(text);
        if (text.isEmpty() || !place.matches()) {
            return Parsed.bad("write a port and a path of the container, like :8080/health");
        }
        int port = place.group(3) == null ? 0 : Integer.parseInt(place.group(3));
        if (port > 65535 || (port == 0 && place.group(3) != null)) {
            return Parsed.bad("a port is a number from 1 to 65535");
        }
        return Parsed.ok(
                new Place("https".equals(place.group(1)), port, place.group(4) == null ? "/" : place.group(4)));
    }

    /** At most a day: whoever waits longer has mistyped. */
    private static Shape.Scalar<Duration> length(int least) {
        return Scalars.of("duration", Shape.Schema.textOrNumber(), text -> {
            Matcher parts = LENGTH.matcher(text);
            if (text.isEmpty() || !parts.matches()) {
                return Parsed.bad("write a duration like 30s, 5m or 1m30s");
            }
            Duration length = Duration.ofHours(number(parts.group(1)))
                    .plusMinutes(number(parts.group(2)))
                    .plusSeconds(number(parts.group(3)));
            return length.toSeconds() < least || length.toDays() > 0
                    ? Parsed.bad("it is from " + least + " seconds to a day")
                    : Parsed.ok(length);
        });
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
