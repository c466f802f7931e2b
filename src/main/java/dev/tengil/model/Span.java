package dev.tengil.model;

/**
 * A place in a file that a person wrote.
 *
 * @param file as the person named it, or {@code -} for standard input
 * @param line first line is 1
 * @param column first column is 1, counted in code points
 * @param start offset of the first character in the text, in UTF-16 units
 * @param end offset behind the last character; never before {@code start}
 */
public record Span(String file, int line, int column, int start, int end) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
