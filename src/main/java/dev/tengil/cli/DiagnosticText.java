package dev.tengil.cli;

import dev.tengil.cli.view.Ink;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;

/** A diagnostic in the one form that all errors have: what, where with a caret, what to do. */
final class DiagnosticText {

    private DiagnosticText() {}

    static String of(Diagnostic diagnostic, @Nullable Source source, Ink ink, int columns) {
        StringBuilder out = new StringBuilder();
        String head = diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT) + "[" + diagnostic.code() + "]";
        out.append(ink.of(diagnostic.severity(), head))
                .append(": ")
                .append(diagnostic.message())
                .append('\n');
        Span span = diagnostic.span();
        if (span != null) {
            out.append("  ").append(span).append('\n');
            if (source != null && span.end() <= source.text().length()) {
                excerpt(out, source.text(), span, diagnostic.hint(), ink, columns);
            }
        }
        if (diagnostic.help() != null) {
            diagnostic
                    .help()
                    .lines()
                    .forEach(line -> out.append("  help: ").append(line).append('\n'));
        }
        return out.toString();
    }

    private static void excerpt(
            StringBuilder out, String text, Span span, @Nullable String hint, Ink ink, int columns) {
        int start = text.lastIndexOf('\n', Math.max(0, span.start() - 1)) + 1;
        if (span.start() == 0) {
            start = 0;
        }
        int end = text.indexOf('\n', span.start());
        String line = text.substring(start, end < 0 ? text.length() : end)
                .replace('\t', ' ')
                .replace("\r", "");
        int caret = span.start() - start;
        int width = Math.max(1, Math.min(span.end() - span.start(), line.length() - caret));
        String number = String.format(java.util.Locale.ROOT, "%5d │ ", span.line());
        int room = Math.max(20, columns - number.length());
        if (caret + width > room) {
            int cut = Math.min(caret, Math.max(0, caret - room / 3));
            line = "…" + line.substring(Math.min(line.length(), cut + 1));
            caret -= cut;
        }
        if (line.length() > room) {
            line = line.substring(0, room - 1) + "…";
        }
        width = Math.max(1, Math.min(width, room - caret));
        out.append(number).append(line).append('\n');
        out.append("      │ ").append(" ".repeat(caret)).append(ink.red("^".repeat(width)));
        if (hint != null) {
            out.append(' ').append(hint);
        }
        out.append('\n');
    }
}
