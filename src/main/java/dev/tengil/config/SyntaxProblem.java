package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Span;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in a person's words why a text is no YAML; the scanner's own words speak of tokens. */
final class SyntaxProblem {

    private final Source source;
    private final Lines lines;

    SyntaxProblem(Source source, Lines lines) {
        this.source = source;
        this.lines = lines;
    }

    Diagnostic describe(YamlEngineException problem) {
        return switch (problem) {
            case ReaderException reader ->
                error(
                        "the character U+%04X is not allowed in YAML".formatted(reader.getCodePoint()),
                        at(lines.offset(reader.getPosition())));
            case MarkedYamlEngineException marked -> marked(marked);
            default -> error("this is not YAML: " + problem.getMessage(), lines.span(0, 0));
        };
    }

    private Diagnostic marked(MarkedYamlEngineException problem) {
        int offset =
                problem.getProblemMark().map(Mark::getIndex).map(lines::offset).orElse(0);
        Span here = at(offset);
        @Nullable
        Span opened = problem.getContextMark()
                .map(Mark::getIndex)
                .map(lines::offset)
                .map(this::at)
                .orElse(null);
        String said = (problem.getContext() == null ? "" : problem.getContext()) + " | " + problem.getProblem();
        if (said.contains("'\\t'") || standsOnTab(offset)) {
            return error("a tab cannot be used for indentation in YAML", here).hint("use spaces");
        }
        if (said.contains("quoted scalar") && opened != null) {
            boolean escape = said.contains("escape");
            return escape
                    ? error("this escape does not exist in a double-quoted text", here)
                            .help("write \\\\ for a backslash, or use single quotes")
                    : error("this quote is never closed", opened).hint("it opens here");
        }
        if (said.contains("flow sequence") && opened != null) {
            return error("this list is not closed, or a comma is missing", here)
                    .hint("the [ stands in line " + opened.line());
        }
        if (said.contains("flow mapping") && opened != null) {
            return error("this mapping is not closed, or a comma is missing", here)
                    .hint("the { stands in line " + opened.line());
        }
        if (said.contains("mapping values are not allowed")) {
            return error("a colon followed by a blank cannot stand here", here)
                    .help("put the text in quotes, or check the indentation of this line and the one above");
        }
        if (said.contains("could not find expected ':'")) {
            return opened == null
                    ? error("a colon is missing", here)
                    : error("a colon is missing behind this key", opened)
                            .help("an entry is written as \"key: value\", a list item as \"- value\"");
        }
        if (said.contains("block mapping") || said.contains("block collection") || said.contains("block sequence")) {
            return error("this line does not fit to the indentation above", here)
                    .help("keys of one mapping begin in the same column"
                            + (opened == null
                                    ? ""
                                    : "; this one began in line " + opened.line() + ", column " + opened.column()));
        }
        if (said.contains("that cannot start any token")) {
            return error("a value cannot begin with this character", here).hint("put the text in quotes");
        }
        if (said.contains("undefined alias") || said.contains("undefined tag handle")) {
            return error("this tag is not defined", here);
        }
        return error("this is not YAML: " + said.replaceFirst("^ \\| ", "").replace(" | ", ", "), here);
    }

    private boolean standsOnTab(int offset) {
        String text = source.text();
        int at = offset;
        while (at > 0 && text.charAt(at - 1) == ' ') {
            at--;
        }
        boolean onTab = offset < text.length() && text.charAt(offset) == '\t';
        boolean behindTab = at > 0 && text.charAt(at - 1) == '\t';
        return onTab
                || (behindTab
                        && text.substring(lines.start(lines.lineAt(offset)), offset)
                                .isBlank());
    }

    private Diagnostic error(String message, Span span) {
        return Diagnostic.error("config.syntax", message).at(span);
    }

    /** The one character at this offset; nothing at the end of a line. */
    private Span at(int offset) {
        String text = source.text();
        boolean character = offset < text.length() && text.charAt(offset) != '\n' && text.charAt(offset) != '\r';
        return lines.span(offset, character ? offset + Character.charCount(text.codePointAt(offset)) : offset);
    }
}
