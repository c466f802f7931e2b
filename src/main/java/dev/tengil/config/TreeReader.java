package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree from YAML events. Our own composer, because depth and alias expansion must be bounded before anything recurses, and
 * because scalars are wanted as written.
 */
final class TreeReader {

    static final int DEEPEST = 64;
    static final long LARGEST_EXPANSION = 1_000_000;

    private final Source source;
    private final Lines lines;
    private final Diagnostics diagnostics;
    private final Map<Anchor, Optional<Node>> anchors = new HashMap<>();
    private long aliased;

    TreeReader(Source source, Lines lines, Diagnostics diagnostics) {
        this.source = source;
        this.lines = lines;
        this.diagnostics = diagnostics;
    }

    /** Gives up with a diagnostic; caught in {@link #read()}, so that the recursion stays simple. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Diagnostic diagnostic;

        Refused(Diagnostic diagnostic) {
            super(diagnostic.message(), null, false, false);
            this.diagnostic = diagnostic;
        }
    }

    /** The only document, or null after saying why not. */
    @Nullable
    Node read() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(Source.LARGEST + 1)
                .build();
        try {
            ParserImpl events = new ParserImpl(settings, new StreamReader(settings, source.text()));
            return document(events);
        } catch (Refused refused) {
            diagnostics.add(refused.diagnostic);
        } catch (YamlEngineException problem) {
            diagnostics.add(new SyntaxProblem(source, lines).describe(problem));
        }
        return null;
    }

    private Node document(ParserImpl events) {
        events.next();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw new Refused(Diagnostic.error("config.empty", "the file is empty")
                    .at(lines.span(0, 0))
                    .help("the smallest valid file says: version: 3"));
        }
        events.next();
        Node root = node(events, 1);
        events.next();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new Refused(Diagnostic.error("config.several-documents", "the file holds more than one document")
                    .at(span(events.peekEvent()))
                    .hint("a second document begins here")
                    .help("keep one document per file; remove the --- line or split the file"));
        }
        return root;
    }

    private Node node(ParserImpl events, int depth) {
        Event event = events.next();
        if (depth > DEEPEST) {
            throw tooDeep(span(event));
        }
        return switch (event.getEventId()) {
            case Alias -> alias((AliasEvent) event, depth);
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence(events, (CollectionStartEvent) event, depth);
            case MappingStart -> mapping(events, (CollectionStartEvent) event, depth);
            case Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
                throw new Refused(Diagnostic.error("config.syntax", "a value is missing here")
                        .at(span(event)));
        };
    }

    private Node alias(AliasEvent event, int depth) {
        Optional<Node> target = anchors.get(event.getAlias());
        if (target == null) {
            throw new Refused(Diagnostic.error(
                            "config.alias",
                            "there is no anchor &" + event.getAlias().getValue() + " before this alias")
                    .at(span(event)));
        }
        if (target.isEmpty()) {
            throw new Refused(Diagnostic.error("config.alias", "this alias stands inside of what it names")
                    .at(span(event)));
        }
        Node node = target.get();
        aliased += node.size();
        if (aliased > LARGEST_EXPANSION) {
            throw new Refused(
                    Diagnostic.error("config.alias", "the aliases of this file expand to more than a million values")
                            .at(span(event)));
        }
        if (depth + node.height() > DEEPEST) {
            throw tooDeep(span(event));
        }
        return node;
    }

    private Node scalar(ScalarEvent event) {
        Span whole = span(event);
        int start = afterProperties(whole.start(), whole.end(), event);
        int end = whole.end();
        if (event.isLiteral() || event.isFolded()) {
            while (end > start && Character.isWhitespace(source.text().charAt(end - 1))) {
                end--;
            }
        }
        Node node = new Node.Scalar(
                event.getValue(), event.isPlain(), tag(event.getTag(), event.isPlain()), lines.span(start, end));
        remember(event.getAnchor(), node);
        return node;
    }

    private static @Nullable String tag(Optional<String> written, boolean plain) {
        // "!" alone only says "not plain", which a quoted scalar says already
        return written.filter(tag -> plain || !tag.equals("!")).orElse(null);
    }

    private Node sequence(ParserImpl events, CollectionStartEvent start, int depth) {
        reserve(start);
        List<Node> items = new ArrayList<>();
        long size = 1;
        int height = 0;
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            Node item = node(events, depth + 1);
            items.add(item);
            size += item.size();
            height = Math.max(height, item.height());
        }
        Event end = events.next();
        Span last = items.isEmpty() ? null : items.getLast().span();
        Node node = new Node.Sequence(
                List.copyOf(items), start.getTag().orElse(null), spanned(start, end, last), size, height + 1);
        remember(start.getAnchor(), node);
        return node;
    }

    private Node mapping(ParserImpl events, CollectionStartEvent start, int depth) {
        reserve(start);
        List<Node.Entry> entries = new ArrayList<>();
        long size = 1;
        int height = 0;
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Node key = node(events, depth + 1);
            Node value = node(events, depth + 1);
            entries.add(new Node.Entry(key, value));
            size += key.size() + value.size();
            height = Math.max(height, Math.max(key.height(), value.height()));
        }
        Event end = events.next();
        Span last = entries.isEmpty() ? null : later(entries.getLast());
        Node node = new Node.Mapping(
                List.copyOf(entries), start.getTag().orElse(null), spanned(start, end, last), size, height + 1);
        remember(start.getAnchor(), node);
        return node;
    }

    private static Span later(Node.Entry entry) {
        Span key = entry.key().span();
        Span value = entry.value().span();
        return value.end() > key.end() ? value : key;
    }

    private void reserve(CollectionStartEvent start) {
        start.getAnchor().ifPresent(anchor -> anchors.put(anchor, Optional.empty()));
    }

    private void remember(Optional<Anchor> anchor, Node node) {
        anchor.ifPresent(name -> anchors.put(name, Optional.of(node)));
    }

    /** A block collection ends with its last child: the scanner would put the end behind comments and blank lines. */
    private Span spanned(CollectionStartEvent start, Event end, @Nullable Span last) {
        int from = span(start).start();
        int to = start.isFlow() || last == null || last.end() < from ? span(end).end() : last.end();
        return lines.span(from, to);
    }

    /** Behind {@code &anchor} and {@code !tag}, which the scanner counts as part of the scalar. */
    private int afterProperties(int start, int end, ScalarEvent event) {
        if (event.getAnchor().isEmpty() && event.getTag().isEmpty()) {
            return start;
        }
        String text = source.text();
        int at = start;
        while (at < end && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < end && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < end && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at < end ? at : start;
    }

    private Refused tooDeep(Span span) {
        return new Refused(Diagnostic.error("config.too-deep", "this nests deeper than " + DEEPEST + " levels")
                .at(span));
    }

    private Span span(Event event) {
        int start = event.getStartMark().map(Mark::getIndex).orElse(0);
        int end = event.getEndMark().map(Mark::getIndex).orElse(start);
        return lines.span(lines.offset(start), lines.offset(end));
    }
}
