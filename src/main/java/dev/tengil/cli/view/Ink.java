package dev.tengil.cli.view;

import dev.tengil.model.Severity;
import dev.tengil.resource.Action;

/** Colours, or none. */
public enum Ink {
    COLOURED,
    PLAIN;

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    /** In the colour of what happens. */
    public String of(Action action, String text) {
        return switch (action) {
            case CREATE -> paint("32", text);
            case UPDATE, RESTART -> paint("33", text);
            case REPLACE, DESTROY -> paint("31", text);
            case ADOPT -> paint("36", text);
            case FORGET -> paint("35", text);
        };
    }

    /** In the colour of how bad it is. */
    public String of(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> paint("1;31", text);
            case WARNING -> paint("1;33", text);
            case NOTE -> paint("1;36", text);
        };
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
