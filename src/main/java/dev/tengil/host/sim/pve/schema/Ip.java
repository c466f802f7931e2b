package dev.tengil.host.sim.pve.schema;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells IP addresses from other text without asking a resolver. */
final class Ip {

    private static final Pattern V4 = Pattern.compile(
            "(?:(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])\\.){3}(?:25[0-5]|(?:2[0-4]|1[0-9]|[1-9])?[0-9])");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private Ip() {}

    static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            return false;
        }
        if (gap < 0) {
            return groups(text) == 8;
        }
        int left = gap == 0 ? 0 : groups(text.substring(0, gap));
        int right = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
        return left >= 0 && right >= 0 && left + right <= 7;
    }

    /** {@code fe80::1%eth0}: a link-local address is only one together with its interface. */
    static boolean isLinkLocalWithInterface(String text) {
        int percent = text.indexOf('%');
        return percent > 0
                && text.toLowerCase(java.util.Locale.ROOT).startsWith("fe80:")
                && isV6(text.substring(0, percent))
                && Pattern.matches("[\\w.-]+", text.substring(percent + 1));
    }

    static boolean isNetwork(String text, int least, int most, Predicate<String> address) {
        int slash = text.indexOf('/');
        if (slash < 0 || !Pattern.matches("\\d{1,3}", text.substring(slash + 1))) {
            return false;
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return prefix >= least && prefix <= most && address.test(text.substring(0, slash));
    }

    /** How many 16-bit groups this is, an IPv4 tail counting two; -1 for no such text. */
    private static int groups(String text) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && isV4(parts[i])) {
                count += 2;
            } else if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }
}
