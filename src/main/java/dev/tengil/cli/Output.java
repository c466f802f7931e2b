package dev.tengil.cli;

import dev.tengil.cli.view.Ink;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a command says what it has to say: results on standard output, everything else on standard error. */
final class Output {

    private final Io io;
    private final Globals globals;
    private final Ink ink;

    Output(Io io, Globals globals) {
        this.io = io;
        this.globals = globals;
        this.ink = switch (globals.color()) {
            case "always" -> Ink.COLOURED;
            case "never" -> Ink.PLAIN;
            default -> io.terminal() && !io.env().containsKey("NO_COLOR") ? Ink.COLOURED : Ink.PLAIN;
        };
    }

    Ink ink() {
        return ink;
    }

    Io io() {
        return io;
    }

    Globals globals() {
        return globals;
    }

    /** A result. */
    void result(String text) {
        io.out().print(text);
    }

    /** A word on the way, left out with {@code --quiet} and {@code --json}. */
    void say(String line) {
        if (!globals.quiet() && !globals.json()) {
            io.err().println(line);
        }
    }

    /** An error without a place in the file. */
    void error(String code, String message, @Nullable String help) {
        diagnostics(List.of(Diagnostic.error(code, message).help(help)), null);
    }

    /** With {@code --json}: a document that holds only diagnostics, for a command that ends with them. */
    void json(List<Diagnostic> diagnostics) {
        if (globals.json()) {
            io.out().println(PlanJson.of(null, diagnostics));
        }
    }

    /** Diagnostics with their places; warnings and notes are left out with {@code --quiet}. */
    void diagnostics(List<Diagnostic> diagnostics, @Nullable Source source) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR || !globals.quiet()) {
                io.err().print(DiagnosticText.of(diagnostic, source, ink, io.columns(), io.terminal()));
            }
        }
    }
}
