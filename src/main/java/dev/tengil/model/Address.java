package dev.tengil.model;

import java.util.Comparator;

/**
 * The stable name of a resource: {@code dataset:tank/media}, {@code container:jellyfin}, {@code nfs:/tank/media}. The grammar
 * {@code kind:[node/]name} is reserved for files that describe several nodes.
 *
 * @param kind lower-case letters and dashes
 * @param name never empty, no control characters
 */
public record Address(String kind, String name) implements Comparable<Address> {

    private static final Comparator<Address> ORDER =
            Comparator.comparing(Address::kind).thenComparing(Address::name);

    public Address {
        String problem = problem(kind, name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Reads {@code kind:name}. */
    public static Parsed<Address> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            return Parsed.bad("an address looks like dataset:tank/media or container:jellyfin");
        }
        String kind = text.substring(0, colon);
        String name = text.substring(colon + 1);
        String problem = problem(kind, name);
        return problem.isEmpty() ? Parsed.ok(new Address(kind, name)) : Parsed.bad(problem);
    }

    private static String problem(String kind, String name) {
        if (kind.isEmpty() || !kind.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-')) {
            return "the kind in an address is written in lower-case letters, for example dataset:tank/media";
        }
        if (name.isEmpty() || name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return "an address needs a name behind the colon, for example dataset:tank/media";
        }
        return "";
    }

    @Override
    public int compareTo(Address other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + ":" + name;
    }
}
