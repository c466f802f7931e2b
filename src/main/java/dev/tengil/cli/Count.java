package dev.tengil.cli;

/** A number and what it counts, as a person says it. */
final class Count {

    private Count() {}

    /** {@code 1 warning}, {@code 2 warnings}. */
    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
