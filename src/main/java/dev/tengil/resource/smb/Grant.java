package dev.tengil.resource.smb;

import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use a share.
 *
 * @param group a group, which smb.conf marks by {@code @}
 * @param write null for "as the share"
 */
public record Grant(
        String name,
        boolean group,
        @Nullable Boolean write,
        @Nullable Span span) {
    /** As smb.conf names it. */
    String principal() {
        return group ? "@" + name : name;
    }

    /** Reads {@code anna} or {@code @family}. */
    static Parsed<Grant> parse(String text, boolean group, @Nullable Boolean write, @Nullable Span span) {
        boolean marked = text.startsWith("@");
        String name = marked ? text.substring(1) : text;
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            return Parsed.bad("\"" + text + "\" is not the name of a user or, with @ before it, of a group");
        }
        return Parsed.ok(new Grant(name, marked || group, write, span));
    }

    /** Reads the old form: names in one text, with blanks or commas between. */
    static Parsed<List<Grant>> words(Located<String> text, boolean group) {
        List<Located<String>> names = new ArrayList<>();
        for (String word : text.value().strip().split("[,\\s]+", -1)) {
            names.add(new Located<>(word, text.span()));
        }
        return list(names, group);
    }

    static Parsed<List<Grant>> list(List<Located<String>> names, boolean group) {
        List<Grant> grants = new ArrayList<>();
        for (Located<String> name : names) {
            switch (parse(name.value(), group, null, name.span())) {
                case Parsed.Ok<Grant> ok -> grants.add(ok.value());
                case Parsed.Bad<Grant> bad -> {
                    return Parsed.bad(bad.reason());
                }
            }
        }
        return Parsed.ok(grants);
    }

    static Parsed<List<Grant>> map(Map<Located<String>, Located<String>> access, boolean group) {
        List<Grant> grants = new ArrayList<>();
        for (Map.Entry<Located<String>, Located<String>> entry : access.entrySet()) {
            Located<String> name = entry.getKey();
            boolean write = entry.getValue().value().equals("write");
            switch (parse(name.value(), group, write, name.span())) {
                case Parsed.Ok<Grant> ok -> grants.add(ok.value());
                case Parsed.Bad<Grant> bad -> {
                    return Parsed.bad(bad.reason());
                }
            }
        }
        return Parsed.ok(grants);
    }
}
