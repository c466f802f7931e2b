package dev.tengil.model;

import org.jspecify.annotations.Nullable;

/**
 * An absolute, normalised path on a host: no {@code .}, {@code ..}, empty component, trailing slash or control character.
 * Not {@link java.nio.file.Path}: it belongs to another machine.
 */
public record HostPath(String value) implements Comparable<HostPath> {

    private static final int LONGEST = 4095;
    private static final int LONGEST_NEW = 1023;

    public HostPath {
        String problem = problem(value);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Reads a path; a trailing slash is dropped. */
    public static Parsed<HostPath> parse(String text) {
        String trimmed = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String problem = problem(trimmed);
        return problem == null ? Parsed.ok(new HostPath(trimmed)) : Parsed.bad(problem);
    }

    /** Reads a path that a file gives: short enough that paths made from it, of datasets and mounts below, are paths still. */
    public static Parsed<HostPath> parseNew(String text) {
        return text.length() > LONGEST_NEW
                ? Parsed.bad("a path cannot be longer than " + LONGEST_NEW + " characters")
                : parse(text);
    }

    /** A path written by our own code. */
    public static HostPath of(String text) {
        return new HostPath(text);
    }

    private static @Nullable String problem(String text) {
        if (!text.startsWith("/")) {
            return "a path on the host starts with \"/\"";
        }
        if (text.length() > LONGEST) {
            return "a path cannot be longer than " + LONGEST + " characters";
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return "a path cannot contain control characters";
        }
        if (text.equals("/")) {
            return null;
        }
        for (String part : text.substring(1).split("/", -1)) {
            if (part.isEmpty()) {
                return "a path cannot contain \"//\" or end in \"/\"";
            }
            if (part.equals(".") || part.equals("..")) {
                return "a path cannot contain \"" + part + "\" as a component";
            }
        }
        return null;
    }

    /** The path of something directly or deeper below this one: {@code relative} has no leading slash. */
    public HostPath resolve(String relative) {
        return new HostPath(value.equals("/") ? "/" + relative : value + "/" + relative);
    }

    /** The directory that holds it; the root's parent is the root. */
    public HostPath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? new HostPath("/") : new HostPath(value.substring(0, slash));
    }

    /** The last component; empty for the root. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether it lies strictly below the other. */
    public boolean isBelow(HostPath other) {
        return !equals(other) && (other.value.equals("/") || value.startsWith(other.value + "/"));
    }

    /** Whether it is the other or lies below it. */
    public boolean isAtOrBelow(HostPath other) {
        return equals(other) || isBelow(other);
    }

    @Override
    public int compareTo(HostPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
