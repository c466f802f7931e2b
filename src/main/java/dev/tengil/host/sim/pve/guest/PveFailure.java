package dev.tengil.host.sim.pve.guest;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Perl {@code die} is in the real programs: it leaves the call, and the program prints it. It never leaves the simulated
 * programs; whoever runs one sees its stderr and exit code.
 */
public final class PveFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final int exit;
    private final transient SortedMap<String, String> errors;

    private PveFailure(int code, int exit, String message, Map<String, String> errors) {
        super(message, null, false, false);
        this.code = code;
        this.exit = exit;
        this.errors = new TreeMap<>(errors);
    }

    /** A plain one; most exit with 255. */
    public static PveFailure of(String message) {
        return new PveFailure(500, 255, message, Map.of());
    }

    /** A plain one that exits with an errno that happened to be set. */
    public static PveFailure of(int exit, String message) {
        return new PveFailure(500, exit, message, Map.of());
    }

    /** Wrong parameters, each with its reason. */
    public static PveFailure parameters(Map<String, String> errors) {
        return new PveFailure(400, 2, "Parameter verification failed.", errors);
    }

    /** One wrong parameter. */
    public static PveFailure parameter(String name, String reason) {
        return parameters(Map.of(name, reason));
    }

    /** A command line that cannot be read. */
    public static PveFailure usage(String message) {
        return new PveFailure(400, 2, message, Map.of());
    }

    /** HTTP's number for it. */
    public int code() {
        return code;
    }

    public int exit() {
        return exit;
    }

    public SortedMap<String, String> errors() {
        return errors;
    }

    /** The message, never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** As the programs print it (pve-common Exception.pm, stringify). */
    public String printed(String usage) {
        if (code != 400) {
            return text() + "\n";
        }
        StringBuilder out = new StringBuilder("400 ").append(text()).append('\n');
        errors.forEach(
                (name, reason) -> out.append(name).append(": ").append(reason).append('\n'));
        return out.append(usage).append('\n').toString();
    }
}
