package dev.tengil.resource.container;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Span;
import dev.tengil.resource.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All declarations of one container, read as one: lists are united, a scalar said twice must be the same. */
final class Merged {
    private final String name;
    private final List<Declaration> specific;
    private final List<Declaration> general;
    private final Diagnostics diagnostics;

    /**
     * @param declarations those under datasets count before those at the top level
     */
    Merged(String name, List<Declaration> declarations, Diagnostics diagnostics) {
        this.name = name;
        this.specific = declarations.stream().filter(d -> d.dataset() != null).toList();
        this.general = declarations.stream().filter(d -> d.dataset() == null).toList();
        this.diagnostics = diagnostics;
    }

    String name() {
        return name;
    }

    List<Declaration> all() {
        return Stream.concat(specific.stream(), general.stream()).toList();
    }

    Span span() {
        return all().getFirst().span();
    }

    /** The value behind a key, or null when no declaration has it. */
    <T> @Nullable Located<T> one(Key<T> key) {
        Located<T> found = one(key, specific);
        return found != null ? found : one(key, general);
    }

    /** As {@link #one}, with an older place inside another mapping. */
    <T> @Nullable Located<T> one(Key<T> key, Key<Fields> holder, Key<T> inside) {
        Located<T> found = one(key);
        if (found != null) {
            return found;
        }
        for (Declaration declaration : all()) {
            Fields old = declaration.fields().value(holder);
            Located<T> value = old == null ? null : old.get(inside);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private <T> @Nullable Located<T> one(Key<T> key, List<Declaration> declarations) {
        Located<T> first = null;
        for (Declaration declaration : declarations) {
            Located<T> here = declaration.fields().get(key);
            if (here == null) {
                continue;
            }
            if (first == null) {
                first = here;
            } else if (!first.value().equals(here.value())) {
                diagnostics.add(Diagnostic.error(
                                "container.conflict",
                                "container " + name + " is given two different values for " + key.name())
                        .at(here.span())
                        .hint("the other one is in line " + first.span().line())
                        .help("It is one container, declared in several places: say " + key.name() + " once."));
            }
        }
        return first;
    }

    /** The items behind a key of all declarations, each once. */
    <T> List<Located<T>> list(Key<List<Located<T>>> key) {
        List<Located<T>> items = new ArrayList<>();
        for (Declaration declaration : all()) {
            List<Located<T>> here = declaration.fields().value(key);
            if (here != null) {
                for (Located<T> item : here) {
                    if (items.stream().noneMatch(known -> known.value().equals(item.value()))) {
                        items.add(item);
                    }
                }
            }
        }
        return items;
    }
}
