package dev.tengil.model;

import java.util.regex.Pattern;

/**
 * The full name of a ZFS dataset, {@code pool[/child…]}. Components hold letters, digits, {@code _ . : -} and blanks inside, as
 * zfs(8) allows; tengil refuses a leading {@code -} and {@code .} components, which no tool handles well.
 */
public record DatasetName(String value) implements Comparable<DatasetName> {

    private static final int LONGEST = 255;
    private static final int LONGEST_NEW = 200;
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.: -]*");

    public DatasetName {
        String problem = problem(value);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Reads a full name. */
    public static Parsed<DatasetName> parse(String text) {
        String problem = problem(text);
        return problem.isEmpty() ? Parsed.ok(new DatasetName(text)) : Parsed.bad(problem);
    }

    /** Reads a name that a file gives. Stricter than {@link #parse}, which must take whatever a host has. */
    public static Parsed<DatasetName> parseNew(String text) {
        if (text.length() > LONGEST_NEW) {
            return Parsed.bad("a dataset name cannot be longer than " + LONGEST_NEW
                    + " characters, as zfs counts the names of its snapshots too");
        }
        return parse(text)
                .then(name -> text.indexOf(' ') < 0
                        ? Parsed.ok(name)
                        : Parsed.bad(
                                "\"" + text + "\" has a blank: zfs takes it, but fstab, exports and the many programs"
                                        + " that split at blanks do not; write - or _"));
    }

    /** A name made by our own code. */
    public static DatasetName of(String text) {
        return new DatasetName(text);
    }

    private static String problem(String text) {
        if (text.length() > LONGEST) {
            return "a dataset name cannot be longer than " + LONGEST + " characters";
        }
        if (text.startsWith("/") || text.endsWith("/") || text.contains("//")) {
            return "a dataset name has no leading, trailing or double slash (it is a name like tank/media, not a path)";
        }
        for (String component : text.split("/", -1)) {
            if (component.equals("..") || component.equals(".")) {
                return "a dataset name cannot contain \"" + component + "\"";
            }
            if (!COMPONENT.matcher(component).matches() || component.endsWith(" ")) {
                return "\"" + component + "\" is not a dataset name: letters, digits and _ . : - are allowed,"
                        + " and it starts with a letter, a digit or _";
            }
        }
        return "";
    }

    /** The pool: the first component. */
    public String pool() {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }

    public boolean isPoolRoot() {
        return value.indexOf('/') < 0;
    }

    /** A dataset below this one. */
    public DatasetName child(String relative) {
        return new DatasetName(value + "/" + relative);
    }

    /** The dataset that holds it; a pool root has none and gives itself. */
    public DatasetName parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? this : new DatasetName(value.substring(0, slash));
    }

    /** The last component. */
    public String leaf() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether it lies strictly below the other. */
    public boolean isBelow(DatasetName other) {
        return value.startsWith(other.value + "/");
    }

    @Override
    public int compareTo(DatasetName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
