package dev.tengil.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text on as many lines as it needs: a plan is read before it is agreed to, so nothing of it may be cut off. */
final class Folded {

    /** A piece ends behind what separates words and the parts of property strings. */
    private static final Pattern PIECE = Pattern.compile("[^ ,;/]*[ ,;/]?");

    private Folded() {}

    /** Lines of at most this many characters; broken between pieces, within one only where it alone is longer. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find() && !pieces.group().isEmpty()) {
            String piece = pieces.group();
            if (!line.isEmpty() && line.length() + piece.stripTrailing().length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            while (piece.length() > width + 1) {
                int cut = Character.isHighSurrogate(piece.charAt(width - 1)) ? width - 1 : width;
                lines.add(piece.substring(0, cut));
                piece = piece.substring(cut);
            }
            line.append(piece);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
