package dev.tengil.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text on as many lines as it needs: a plan is read before it is agreed to, so nothing of it may be cut off. */
public final class Folded {

    private static final Pattern WORD = Pattern.compile("[^ ]*[ ]?");

    /** The parts of a property string, each with what ends it. */
    private static final Pattern PROPERTY = Pattern.compile("[^,;]*[,;]?");

    /** The parts of a path or of an image's name, whose digest begins with what parts it. */
    private static final Pattern PART = Pattern.compile("@?[^/@]*/?");

    private Folded() {}

    /** Lines of at most this many characters; broken between words, within one only where it alone is longer. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String each : pieces(text, width)) {
            String piece = each;
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

    private static List<String> pieces(String text, int width) {
        return parts(WORD, text)
                .flatMap(word -> fits(word, width) ? Stream.of(word) : parts(PROPERTY, word))
                .flatMap(property -> fits(property, width) ? Stream.of(property) : parts(PART, property))
                .toList();
    }

    private static boolean fits(String piece, int width) {
        return piece.stripTrailing().length() <= width;
    }

    private static Stream<String> parts(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).filter(piece -> !piece.isEmpty());
    }
}
