package dev.tengil.model;

import java.net.Inet6Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells texts that are addresses or networks from those that only look like them; asks no name server. */
public final class IpText {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)/(\\d{1,3})");

    private IpText() {}

    /** Four numbers up to 255. */
    public static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    /** An address of version 6, without a zone. */
    public static boolean isV6(String text) {
        if (!V6.matcher(text).matches()) {
            return false;
        }
        try {
            Inet6Address.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** An address of version 4 with a prefix from {@code shortest} to 32. */
    public static boolean isV4WithPrefix(String text, int shortest) {
        Matcher network = NETWORK.matcher(text);
        return network.matches() && isV4(network.group(1)) && isWithin(network.group(2), shortest, 32);
    }

    /** An address of version 6 with a prefix from {@code shortest} to 128. */
    public static boolean isV6WithPrefix(String text, int shortest) {
        Matcher network = NETWORK.matcher(text);
        return network.matches() && isV6(network.group(1)) && isWithin(network.group(2), shortest, 128);
    }

    private static boolean isWithin(String number, int lowest, int highest) {
        int value = Integer.parseInt(number);
        return value >= lowest && value <= highest;
    }
}
