package dev.tengil.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes. Units are binary, as in zfs(8) and Proxmox: {@code 1K} is 1024. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final String UNITS = "BKMGTPE";
    private static final Pattern FORM = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*(?:([KMGTPE])(?:I?B)?|(B))?");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative");
        }
    }

    /**
     * Reads {@code 512M}, {@code 1.5G}, {@code 1TiB}, or a bare number counted in {@code bareUnit}.
     *
     * @param bareUnit one of {@code B K M G T}
     */
    public static Parsed<ByteSize> parse(String text, char bareUnit) {
        Matcher form = FORM.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return Parsed.bad("\"" + text + "\" is not a size; write for example 512M, 1.5G or 2T");
        }
        String unit = form.group(2) != null ? form.group(2) : form.group(3) != null ? "B" : String.valueOf(bareUnit);
        BigDecimal bytes = new BigDecimal(form.group(1)).multiply(BigDecimal.TWO.pow(10 * UNITS.indexOf(unit)));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Parsed.bad("\"" + text + "\" is more than 8 EiB");
        }
        if (bytes.stripTrailingZeros().scale() > 0) {
            return Parsed.bad("\"" + text + "\" is not a whole number of bytes");
        }
        return Parsed.ok(new ByteSize(bytes.longValueExact()));
    }

    /** In the largest unit that divides it without rest: {@code 1M}, {@code 1536K}, {@code 0}. */
    public String shortest() {
        long rest = bytes;
        int unit = 0;
        while (rest != 0 && rest % 1024 == 0 && unit < UNITS.length() - 1) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(rest) : rest + UNITS.substring(unit, unit + 1);
    }

    /** Rounded for reading: {@code 15.5G}. */
    public String rounded() {
        double rest = bytes;
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.length() - 1) {
            rest /= 1024;
            unit++;
        }
        String number = rest >= 100 || rest == Math.rint(rest)
                ? Long.toString(Math.round(rest))
                : String.format(Locale.ROOT, "%.1f", rest);
        return unit == 0 ? number + "B" : number + UNITS.charAt(unit);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return shortest();
    }
}
