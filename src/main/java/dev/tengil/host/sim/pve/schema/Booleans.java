package dev.tengil.host.sim.pve.schema;

import java.util.Locale;

/** The spellings of a boolean that configs and programs accept (pve-common JSONSchema.pm, parse_boolean). */
public final class Booleans {

    private Booleans() {}

    /** {@code 1} or {@code 0}, or the text itself when it is no boolean. */
    public static String normal(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "on", "yes", "true" -> "1";
            case "0", "off", "no", "false" -> "0";
            default -> text;
        };
    }
}
