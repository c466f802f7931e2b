package dev.tengil.config;

import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts entries at the end of a key of the top level, and leaves every other byte as it is. Only files written in the usual way, key by key
 * and line by line, can be added to; of others it says why not. Whether what comes out means what it should is for the caller to see by
 * reading it.
 */
public final class Insertion {

    private static final int USUAL = 2;
    private static final Pattern KEY = Pattern.compile("(\"?)([A-Za-z_][\\w-]*)\\1[ \\t]*:(?:[ \\t]+(.*)|)");

    private Insertion() {}

    /**
     * The text with these lines under the key, indented as its other entries are.
     *
     * @param lines of YAML, the outermost without indentation
     */
    public static Parsed<String> under(String key, List<String> lines, String text) {
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        List<String> all = new ArrayList<>(List.of(text.split("\n", -1)));
        int found = -1;
        for (int i = 0; i < all.size(); i++) {
            String line = plain(all.get(i));
            if (line.startsWith("...") || (line.startsWith("---") && i > 0 && hasContent(all, i))) {
                return Parsed.bad("it holds more than one document");
            }
            Matcher top = KEY.matcher(line);
            if (top.matches() && top.group(2).equals(key)) {
                String value = top.group(3) == null ? "" : top.group(3).strip();
                if (!value.isEmpty() && !value.startsWith("#")) {
                    return Parsed.bad("what stands under " + key + ": is not written line by line");
                }
                found = i;
            } else if (!line.isEmpty() && "{[&*!|>%?\t".indexOf(line.charAt(0)) >= 0) {
                return Parsed.bad("it is not written key by key");
            }
        }
        return Parsed.ok(found < 0 ? atEnd(key, lines, text, newline) : inside(found, lines, all, newline));
    }

    private static boolean hasContent(List<String> lines, int before) {
        return lines.subList(0, before).stream()
                .map(line -> plain(line).strip())
                .anyMatch(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("%"));
    }

    private static String plain(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static String atEnd(String key, List<String> lines, String text, String newline) {
        StringBuilder out = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.append(newline);
        }
        out.append(key).append(':').append(newline);
        lines.forEach(line -> out.append(indented(line, USUAL)).append(newline));
        return out.toString();
    }

    private static String inside(int key, List<String> lines, List<String> all, String newline) {
        int last = key;
        int indent = 0;
        for (int i = key + 1; i < all.size(); i++) {
            String line = plain(all.get(i));
            int blanks = line.length() - line.stripLeading().length();
            boolean comment = line.stripLeading().startsWith("#");
            if (line.isBlank() || (comment && blanks == 0)) {
                continue;
            }
            if (blanks == 0) {
                break;
            }
            last = i;
            indent = indent == 0 && !comment ? blanks : indent;
        }
        int deep = indent == 0 ? USUAL : indent;
        // The last line of a file may lack its end.
        boolean unended = last == all.size() - 1;
        StringBuilder out = new StringBuilder(String.join("\n", all.subList(0, last + 1)));
        out.append(unended ? newline : "\n");
        lines.forEach(line -> out.append(indented(line, deep)).append(newline));
        if (!unended) {
            out.append(String.join("\n", all.subList(last + 1, all.size())));
        }
        return out.toString();
    }

    private static String indented(String line, int blanks) {
        return line.isBlank() ? "" : " ".repeat(blanks) + line;
    }
}
