package dev.tengil.host.sim.pve.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Disk sizes as Proxmox reads and prints them (pve-common JSONSchema.pm, parse_size and format_size). */
public final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGT]?)(?:iB)?");
    private static final String UNITS = "KMGT";

    private Sizes() {}

    /** Bytes; -1 for no size. */
    public static long parse(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return -1;
        }
        double factor = 1;
        for (int i = 0; i <= UNITS.indexOf(size.group(2)) && !size.group(2).isEmpty(); i++) {
            factor *= 1024;
        }
        return Math.round(Double.parseDouble(size.group(1)) * factor);
    }

    /** The largest unit that expresses it exactly: {@code 8G}, {@code 1536M}, {@code 17}. */
    public static String print(long bytes) {
        long value = bytes;
        String unit = "";
        for (int i = 0; i < UNITS.length() && value > 0 && value % 1024 == 0; i++) {
            value /= 1024;
            unit = UNITS.substring(i, i + 1);
        }
        return value + unit;
    }
}
