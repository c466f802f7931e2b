package dev.tengil.model;

import org.jspecify.annotations.Nullable;

/**
 * Something to tell the person, as a value: collected, never thrown.
 *
 * @param severity how bad
 * @param code stable name {@code subject.problem}, listed in docs/troubleshooting.md
 * @param message one sentence without a full stop
 * @param span where, if it has a place in the file
 * @param hint what to say beside the caret, for example {@code did you mean "media"?}
 * @param help what to do next, one or more lines
 */
public record Diagnostic(
        Severity severity,
        String code,
        String message,
        @Nullable Span span,
        @Nullable String hint,
        @Nullable String help) {

    /** An error without a place yet. */
    public static Diagnostic error(String code, String message) {
        return new Diagnostic(Severity.ERROR, code, message, null, null, null);
    }

    /** A warning without a place yet. */
    public static Diagnostic warning(String code, String message) {
        return new Diagnostic(Severity.WARNING, code, message, null, null, null);
    }

    /** A note without a place yet. */
    public static Diagnostic note(String code, String message) {
        return new Diagnostic(Severity.NOTE, code, message, null, null, null);
    }

    /** The same, said of this place. */
    public Diagnostic at(@Nullable Span place) {
        return new Diagnostic(severity, code, message, place, hint, help);
    }

    /** The same, with this beside the caret. */
    public Diagnostic hint(@Nullable String text) {
        return new Diagnostic(severity, code, message, span, text, help);
    }

    /** The same, with this advice. */
    public Diagnostic help(@Nullable String text) {
        return new Diagnostic(severity, code, message, span, hint, text);
    }
}
