package dev.tengil.host;

import dev.tengil.model.Parsed;
import java.util.regex.Pattern;

/**
 * Where ssh shall go, in words that ssh itself understands: {@code ssh://[user@]host[:port]}, or a name from the user's ssh config,
 * with or without {@code user@}.
 */
public record SshDestination(String text) {

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+\\\\-]*\\$?");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]+)?]");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final String SCHEME = "ssh://";
    private static final int HIGHEST_PORT = 65_535;

    public SshDestination {
        if (problem(text) instanceof Parsed.Bad<String> bad) {
            throw new IllegalArgumentException(bad.reason());
        }
    }

    /** Reads a destination; nothing that ssh could take for an option or a command passes. */
    public static Parsed<SshDestination> parse(String text) {
        return problem(text).map(SshDestination::new);
    }

    private static Parsed<String> problem(String text) {
        boolean url = text.startsWith(SCHEME);
        String rest = url ? text.substring(SCHEME.length()) : text;
        if (url && rest.endsWith("/")) {
            return Parsed.bad("an ssh destination has no path: " + SCHEME + "user@host[:port]");
        }
        int at = rest.lastIndexOf('@');
        String user = rest.substring(0, Math.max(at, 0));
        String host = rest.substring(at + 1);
        int colon = host.lastIndexOf(':');
        if (url && colon > host.indexOf(']')) {
            String port = host.substring(colon + 1);
            if (!PORT.matcher(port).matches() || Integer.parseInt(port) > HIGHEST_PORT) {
                return Parsed.bad("\"" + port + "\" is no port; it is a number from 1 to " + HIGHEST_PORT);
            }
            host = host.substring(0, colon);
        }
        if (at >= 0 && !USER.matcher(user).matches()) {
            return Parsed.bad("\"" + user + "\" cannot be a user name for ssh");
        }
        if (!HOST.matcher(host).matches()) {
            return Parsed.bad("\"" + host + "\" cannot be a host for ssh; write " + SCHEME
                    + "user@host[:port] or a name from your ssh config");
        }
        return Parsed.ok(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
