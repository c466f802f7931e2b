package dev.tengil.resource.forward;

import dev.tengil.model.Address;
import dev.tengil.model.Span;
import dev.tengil.resource.FieldValue;
import dev.tengil.resource.Resource;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A port of the node that leads to a port of a container.
 *
 * @param port of the node
 * @param protocol tcp or udp
 * @param container its name
 * @param inside the port that the app listens on
 * @param v4 where it is reached by IPv4
 * @param v6 where it is reached by IPv6; null for not at all
 * @param span null for one that was read from our file
 */
public record Forward(
        int port,
        String protocol,
        String container,
        int inside,
        Target v4,
        @Nullable Target v6,
        @Nullable Span span) implements Resource {

    /** The kind's word in addresses. */
    public static final String KIND = "forward";

    private static final Pattern LINE = Pattern.compile("(\\d+)/(tcp|udp) (\\S+) (\\d+) (\\S+) (\\S+)");

    /**
     * An address of the container.
     *
     * @param cidr with the prefix of its network
     * @param routed whether its router is the node: then answers come back this way by themselves, and the app sees who asks
     */
    public record Target(String cidr, boolean routed) {

        String address() {
            return cidr.substring(0, cidr.indexOf('/'));
        }

        private String text() {
            return cidr + (routed ? "+" : "");
        }

        private static Target parse(String text) {
            return new Target(text.replace("+", ""), text.endsWith("+"));
        }
    }

    /** The address of what forwards this port. */
    public static Address addressOf(int port, String protocol) {
        return new Address(KIND, port + "/" + protocol);
    }

    @Override
    public Address address() {
        return addressOf(port, protocol);
    }

    /** It leads somewhere or nowhere, whatever becomes of the container; but something must carry it. */
    @Override
    public Set<Address> dependsOn() {
        return Set.of(new Address("package", ForwardFile.PACKAGE));
    }

    SortedMap<String, FieldValue> fields() {
        Target six = v6;
        return new TreeMap<>(Map.of(
                "to",
                new FieldValue(
                        line(),
                        container + ", " + v4.address() + ":" + inside
                                + (six == null ? "" : ", [" + six.address() + "]:" + inside),
                        span)));
    }

    /** All of it in one line, by which our file says what its rules are about. */
    String line() {
        Target six = v6;
        return port + "/" + protocol + " " + container + " " + inside + " " + v4.text() + " "
                + (six == null ? "-" : six.text());
    }

    /** What {@link #line()} was; null when it is no such line. */
    static @Nullable Forward parse(String line) {
        Matcher parts = LINE.matcher(line);
        return !parts.matches()
                ? null
                : new Forward(
                        Integer.parseInt(parts.group(1)),
                        parts.group(2),
                        parts.group(3),
                        Integer.parseInt(parts.group(4)),
                        Target.parse(parts.group(5)),
                        parts.group(6).equals("-") ? null : Target.parse(parts.group(6)),
                        null);
    }
}
