package dev.tengil.host.sim.pve.schema;

/** Compares package versions as dpkg does: runs of digits as numbers, the rest by character, tilde before everything. */
public final class DebianVersion {

    private DebianVersion() {}

    /** Negative, zero or positive as {@code a} is older than, equal to or newer than {@code b}. */
    public static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (isText(a, i) || isText(b, j)) {
                int order = weight(a, i) - weight(b, j);
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endA = digits(a, i);
            int endB = digits(b, j);
            int order = number(a, i, endA).compareTo(number(b, j, endB));
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    private static boolean isText(String text, int at) {
        return at < text.length() && !Character.isDigit(text.charAt(at));
    }

    private static int weight(String text, int at) {
        if (!isText(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        return c == '~' ? -1 : Character.isLetter(c) ? c : c + 256;
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static java.math.BigInteger number(String text, int from, int end) {
        return from >= end ? java.math.BigInteger.ZERO : new java.math.BigInteger(text.substring(from, end));
    }
}
