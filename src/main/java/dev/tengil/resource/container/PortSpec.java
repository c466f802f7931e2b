package dev.tengil.resource.container;

import dev.tengil.model.Literal;
import dev.tengil.model.Parsed;
import dev.tengil.model.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A port that the application listens on; {@code host} differs only where a forward is asked for. */
public record PortSpec(int host, int port, String protocol) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,5}):)?(\\d{1,5})(?:/(tcp|udp))?");

    /** {@code [HOST:]PORT[/udp]}. */
    static final Shape<PortSpec> SHAPE = new Shape.Scalar<>("port", Shape.Schema.textOrNumber(), PortSpec::parse);

    private static Parsed<PortSpec> parse(Literal literal) {
        Matcher form = FORM.matcher(literal.text());
        if (literal.secret() != null || !form.matches()) {
            return Parsed.bad("write a port as PORT, PORT/udp or HOST:PORT, for example 8096");
        }
        int port = Integer.parseInt(form.group(2));
        int host = form.group(1) == null ? port : Integer.parseInt(form.group(1));
        if (port < 1 || port > 65535 || host < 1 || host > 65535) {
            return Parsed.bad("a port is a number from 1 to 65535");
        }
        return Parsed.ok(new PortSpec(host, port, form.group(3) == null ? "tcp" : form.group(3)));
    }
}
