package dev.tengil.resource.dataset;

import dev.tengil.model.Parsed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries of a POSIX ACL, as the file writes them and as getfacl prints them. */
final class Acl {

    private static final Pattern ENTRY =
            Pattern.compile("(d:|default:)?(u|user|g|group|o|other|m|mask):(\\d*):([r-]?[w-]?[xX-]?|[0-7])");

    private Acl() {}

    /** An entry in getfacl's words: {@code default:group:1000:rwx}. */
    static Parsed<String> parse(String text) {
        Matcher entry = ENTRY.matcher(text);
        if (!entry.matches()) {
            return Parsed.bad(
                    "an ACL entry looks like group:1000:rwx or default:user:1000:r-x, with numbers for names");
        }
        String kind = switch (entry.group(2).charAt(0)) {
            case 'u' -> "user";
            case 'g' -> "group";
            case 'o' -> "other";
            default -> "mask";
        };
        String prefix = entry.group(1) == null ? "" : "default:";
        return Parsed.ok(prefix + kind + ":" + entry.group(3) + ":" + rights(entry.group(4)));
    }

    private static String rights(String text) {
        if (text.matches("[0-7]")) {
            int bits = text.charAt(0) - '0';
            return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + ((bits & 1) != 0 ? "x" : "-");
        }
        return (text.contains("r") ? "r" : "-")
                + (text.contains("w") ? "w" : "-")
                + (text.matches(".*[xX].*") ? "x" : "-");
    }
}
