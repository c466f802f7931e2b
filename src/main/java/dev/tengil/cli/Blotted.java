package dev.tengil.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lines of a file as they may be shown: a password that stands in them is only seen to be there. */
final class Blotted {

    /** Not what names a secret: {@code !secret name}, <code>{secret: name}</code>, <code>${…}</code>. */
    private static final Pattern PASSWORD = Pattern.compile(
            "(?<=password)[\"']?\\s*:\\s*(?!!|\\{|[\"']?\\$\\{)(?:\"((?:[^\"\\\\]|\\\\.)*)|'([^']*)|([^\\s\"'][^,}]*))");

    private Blotted() {}

    /** The line with as many characters as before. */
    static String line(String line) {
        StringBuilder shown = new StringBuilder(line);
        PASSWORD.matcher(line).results().forEach(found -> blot(shown, found));
        return shown.toString();
    }

    private static void blot(StringBuilder shown, MatchResult found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            for (int i = Math.max(0, found.start(group)); i < found.end(group); i++) {
                shown.setCharAt(i, '•');
            }
        }
    }
}
