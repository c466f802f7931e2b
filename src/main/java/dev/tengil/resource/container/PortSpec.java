package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port that the application listens on.
 *
 * @param host differs from {@code port} only where a forward from the node is asked for
 * @param publish whether a forward is asked for though the two are the same
 */
public record PortSpec(int host, int port, String protocol, boolean publish) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,5})(?:/(tcp|udp))?");
    private static final int HIGHEST = 65535;

    private static final Key<Integer> PORT =
            Key.of("port", Scalars.integer(1, HIGHEST), "The port that the application listens on.");
    private static final Key<Integer> HOST =
            Key.of("host", Scalars.integer(1, HIGHEST), "The port of the node that leads there.");
    private static final Key<String> PROTOCOL = Key.of("protocol", Scalars.word("tcp", "udp"), "Default: `tcp`.");
    private static final Key<Boolean> PUBLISH =
            Key.of("publish", Scalars.bool(), "Forward the same port of the node, too. Default: false.");

    /** {@code [HOST:]PORT[/udp]}, or the long form. */
    static final Shape<PortSpec> SHAPE = Shape.either(
            new Shape.Scalar<>("port", Shape.Schema.textOrNumber(), PortSpec::parse),
            Shape.struct("port", PORT, HOST, PROTOCOL, PUBLISH).refine(PortSpec::read));

    /** Whether the node is to forward it. */
    boolean isForwarded() {
        return publish || host != port;
    }

    private static Parsed<PortSpec> parse(Literal literal) {
        Matcher form = FORM.matcher(literal.text());
        if (literal.secret() != null || !form.matches()) {
            return Parsed.bad("write a port as PORT, PORT/udp or HOST:PORT, for example 8096");
        }
        int port = Integer.parseInt(form.group(2));
        int host = form.group(1) == null ? port : Integer.parseInt(form.group(1));
        if (port < 1 || port > HIGHEST || host < 1 || host > HIGHEST) {
            return Parsed.bad("a port is a number from 1 to 65535");
        }
        return Parsed.ok(new PortSpec(host, port, form.group(3) == null ? "tcp" : form.group(3), false));
    }

    private static Parsed<PortSpec> read(Located<Fields> entry) {
        Fields fields = entry.value();
        Integer port = fields.value(PORT);
        return port == null
                ? Parsed.bad("say which port: {port: 8096}")
                : Parsed.ok(new PortSpec(
                        fields.valueOr(HOST, port),
                        port,
                        fields.valueOr(PROTOCOL, "tcp"),
                        fields.valueOr(PUBLISH, false)));
    }
}
