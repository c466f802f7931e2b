package dev.tengil.config;

import dev.tengil.model.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The YAML tree with a place on every node; aliases are already followed, and nothing can contain itself. */
sealed interface Node {

    /** Where it was written. */
    Span span();

    /** A tag such as {@code !secret}, as written out by the YAML rules; null without one. */
    @Nullable
    String tag();

    /** How many nodes it holds, counting what aliases repeat. */
    long size();

    /** How deep it nests. */
    int height();

    /** A scalar, its text as the source says, unquoted. */
    record Scalar(String text, boolean plain, @Nullable String tag, Span span) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public int height() {
            return 1;
        }

        /** Nothing, {@code ~} or {@code null}: the YAML ways to give no value. */
        boolean isNull() {
            return plain
                    && tag == null
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }
    }

    /** A list. */
    record Sequence(List<Node> items, @Nullable String tag, Span span, long size, int height) implements Node {}

    /** A mapping; entries in the order of the file, the same key perhaps twice. */
    record Mapping(List<Entry> entries, @Nullable String tag, Span span, long size, int height) implements Node {}

    /** One entry of a mapping. */
    record Entry(Node key, Node value) {}
}
