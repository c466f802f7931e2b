package dev.tengil.cli;

import dev.tengil.cli.view.Folded;
import dev.tengil.cli.view.Ink;
import dev.tengil.cli.view.Visible;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;

/** A diagnostic in the one form that all errors have: what, where with a caret, what to do. */
final class DiagnosticText {

    private DiagnosticText() {}

    /**
     * @param terminal whether it is one that shows it: there a long sentence is folded, while what is searched and compared stays on a line
     */
    static String of(Diagnostic diagnostic, @Nullable Source source, Ink ink, int columns, boolean terminal) {
        StringBuilder out = new StringBuilder();
        String head = diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT) + "[" + diagnostic.code() + "]";
        String message = head + ": " + Visible.sentence(diagnostic.message());
        String shown = terminal ? String.join("\n  ", Folded.lines(message, columns - 2)) : message;
        out.append(ink.of(diagnostic.severity(), head))
                .append(shown.substring(head.length()))
                .append('\n');
        Span span = diagnostic.span();
        if (span != null) {
            out.append("  ").append(Visible.line(span.toString())).append('\n');
            if (source != null && span.end() <= source.text().length()) {
                excerpt(out, source.text(), span, diagnostic.hint(), ink, columns);
            }
        }
        if (diagnostic.help() != null) {
            // Not folded: a command in it is copied whole.
            diagnostic
                    .help()
                    .lines()
                    .forEach(line -> out.append("  help: ")
                            .append(Visible.sentence(line))
                            .append('\n'));
        }
        return out.toString();
    }

    private static void excerpt(
            StringBuilder out, String text, Span span, @Nullable String hint, Ink ink, int columns) {
        int start = span.start();
        while (start > 0 && !breaks(text.charAt(start - 1))) {
            start--;
        }
        int end = span.start();
        while (end < text.length() && !breaks(text.charAt(end))) {
            end++;
        }
        String number = String.format(java.util.Locale.ROOT, "%5d │ ", span.line());
        int room = Math.max(20, columns - number.length());
        int width = Math.max(1, Math.min(span.end(), end) - span.start());
        int from = span.start() - start + width > room ? Math.max(start, span.start() - room / 3) : start;
        int to = Math.min(end, from + room);
        String whole = Blotted.line(text.substring(start, end));
        String line =
                (from > start ? "…" + whole.substring(from + 1 - start, to - start) : whole.substring(0, to - start));
        if (to < end) {
            line = line.substring(0, line.length() - 1) + "…";
        }
        int caret = span.start() - from;
        width = Math.max(1, Math.min(width, room - caret));
        out.append(number).append(Visible.line(line.replace('\t', ' '))).append('\n');
        out.append("      │ ").append(" ".repeat(caret)).append(ink.red("^".repeat(width)));
        if (hint != null) {
            out.append(' ').append(Visible.sentence(hint));
        }
        out.append('\n');
    }

    private static boolean breaks(char c) {
        return c == '\n' || c == '\r';
    }
}
