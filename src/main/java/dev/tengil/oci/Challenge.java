package dev.tengil.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way of signing in that a server offers in {@code WWW-Authenticate} (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String WORD = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern NEXT = Pattern.compile("\\G[\\s,]*(?:(" + WORD
            + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + WORD + "))|(" + WORD + ")(?![\\w=]))");

    /** All that these headers offer; one header may hold several, with commas between them and between their parameters. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        for (String header : headers) {
            Matcher next = NEXT.matcher(header);
            while (next.find()) {
                String scheme = next.group(4);
                if (scheme != null) {
                    all.add(new Challenge(scheme.toLowerCase(Locale.ROOT), new TreeMap<>()));
                } else if (!all.isEmpty()) {
                    String quoted = next.group(2);
                    all.getLast()
                            .parameters
                            .put(
                                    next.group(1).toLowerCase(Locale.ROOT),
                                    quoted == null ? next.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                }
            }
        }
        return all;
    }

    /** What stands behind this name. */
    @Nullable
    String value(String name) {
        return parameters.get(name);
    }
}
