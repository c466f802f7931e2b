package dev.tengil.cli;

import dev.tengil.cli.view.ApplyView;
import dev.tengil.cli.view.Ink;
import dev.tengil.cli.view.PlanJson;
import dev.tengil.config.Source;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a command says what it has to say: results on standard output, everything else on standard error. */
final class Output {

    private final Io io;
    private final Globals globals;
    private final Ink ink;
    private final Told told;

    /** What was told until now: with {@code --json} there is always one document, and for a command that fails it is this. */
    private static final class Told {
        private final List<Diagnostic> problems = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean document;
    }

    Output(Io io, Globals globals) {
        this(io, globals, new Told());
    }

    private Output(Io io, Globals globals, Told told) {
        this.told = told;
        this.io = io;
        this.globals = globals;
        this.ink = switch (globals.color()) {
            case "always" -> Ink.COLOURED;
            case "never" -> Ink.PLAIN;
            default -> io.terminal() && !io.env().containsKey("NO_COLOR") ? Ink.COLOURED : Ink.PLAIN;
        };
    }

    /** The same, for a command that learned more of what was asked of it. */
    Output with(Globals more) {
        return new Output(io, more, told);
    }

    /** How much an apply says as it goes. */
    ApplyView.Detail detail() {
        return globals.quiet()
                ? ApplyView.Detail.FAILURES
                : globals.verbose() ? ApplyView.Detail.COMMANDS : ApplyView.Detail.USUAL;
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

    /** Whether results that nobody has to see are said: neither {@code --quiet} nor {@code --json}. */
    boolean talks() {
        return !globals.quiet() && !globals.json();
    }

    /** The document of {@code --json}. */
    void document(Object json) {
        told.document = true;
        io.out().print(json.toString().stripTrailing() + "\n");
    }

    /** With {@code --json}, if the command ended without a document: one that says why. */
    void endDocument() {
        if (globals.json() && !told.document && !told.problems.isEmpty()) {
            json(List.copyOf(told.problems));
        }
    }

    /** A word on the way, left out with {@code --quiet} and {@code --json}. */
    void say(String line) {
        if (talks()) {
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
            document(PlanJson.of(null, diagnostics));
        }
    }

    /** Diagnostics with their places; warnings and notes are left out with {@code --quiet}. */
    void diagnostics(List<Diagnostic> diagnostics, @Nullable Source source) {
        told.problems.addAll(diagnostics);
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR || !globals.quiet()) {
                io.err().print(DiagnosticText.of(diagnostic, source, ink, io.columns(), io.terminal()));
            }
        }
    }
}
