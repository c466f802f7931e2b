package dev.tengil.resource;

/** Orders versions as dpkg does (deb-version(7)): {@code 13.10-1} is newer than {@code 13.9-2}, {@code 1~rc} older than {@code 1}. */
public final class DebianVersion {

    private DebianVersion() {}

    /** Negative when the first is older. */
    public static int compare(String a, String b) {
        int epochs = Long.compare(epoch(a), epoch(b));
        if (epochs != 0) {
            return epochs;
        }
        String left = a.substring(a.indexOf(':') + 1);
        String right = b.substring(b.indexOf(':') + 1);
        int upstream = part(upstream(left), upstream(right));
        return upstream != 0 ? upstream : part(revision(left), revision(right));
    }

    private static long epoch(String version) {
        int colon = version.indexOf(':');
        String digits = colon < 0 ? "" : version.substring(0, colon);
        return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : 0;
    }

    private static String upstream(String version) {
        int dash = version.lastIndexOf('-');
        return dash < 0 ? version : version.substring(0, dash);
    }

    private static String revision(String version) {
        int dash = version.lastIndexOf('-');
        return dash < 0 ? "" : version.substring(dash + 1);
    }

    /** Letters and digits by turns: letters by character with ~ before the end, digits by number. */
    private static int part(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while ((i < a.length() && !isDigit(a.charAt(i))) || (j < b.length() && !isDigit(b.charAt(j)))) {
                int order = Integer.compare(weight(a, i), weight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endA = digitsEnd(a, i);
            int endB = digitsEnd(b, j);
            String left = a.substring(Math.min(i, a.length()), endA).replaceFirst("^0+", "");
            String right = b.substring(Math.min(j, b.length()), endB).replaceFirst("^0+", "");
            int order = left.length() != right.length()
                    ? Integer.compare(left.length(), right.length())
                    : left.compareTo(right);
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    private static int digitsEnd(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int weight(String text, int index) {
        if (index >= text.length() || isDigit(text.charAt(index))) {
            return 0;
        }
        char c = text.charAt(index);
        return c == '~' ? -1 : Character.isLetter(c) ? c : c + 256;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
