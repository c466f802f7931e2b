package dev.tengil.config;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import dev.tengil.model.Span;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into {@code ${name}}, {@code ${env:NAME}}, {@code ${file:PATH}} and {@code ${secret:name}}. What comes from the
 * environment or a file is never expanded again.
 */
final class Variables {

    private static final int DEEPEST = 32;
    private static final int LONGEST = 1 << 20;
    private static final long LONGEST_TOGETHER = 32L << 20;
    private static final Pattern NAME = Pattern.compile(Preamble.NAME_FORM);

    private final Source source;
    private final Lines lines;
    private final Environment environment;
    private final Diagnostics diagnostics;
    private final Map<String, Node.Scalar> written = new LinkedHashMap<>();
    private final Map<String, Optional<Text>> known = new HashMap<>();
    private final Map<String, Optional<Secret>> secrets = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean readingSecrets = true;
    private long together;

    Variables(Source source, Lines lines, Environment environment, Diagnostics diagnostics) {
        this.source = source;
        this.lines = lines;
        this.environment = environment;
        this.diagnostics = diagnostics;
    }

    /** Declares a variable of the file. */
    void declare(String name, Node.Scalar value) {
        written.putIfAbsent(name, value);
    }

    /** Declares a secret; empty when its declaration was refused already. */
    void declareSecret(String name, Optional<Secret> secret) {
        secrets.putIfAbsent(name, secret);
    }

    /** From now on texts may hold secrets; while the secrets themselves are read, they may not. */
    void secretsAreRead() {
        readingSecrets = false;
        known.values().removeIf(Optional::isEmpty);
    }

    /** The scalar with everything put in, or null after saying why not. */
    @Nullable
    Text expand(Node.Scalar scalar) {
        String text = scalar.text();
        if (text.indexOf("${") < 0) {
            return Text.of(text, scalar.plain());
        }
        Text result = Text.of("", scalar.plain());
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf("${", at);
            if (dollar < 0) {
                result = result.plus(Text.of(text.substring(at), false));
                break;
            }
            if (dollar > at && text.charAt(dollar - 1) == '$') {
                result = result.plus(Text.of(text.substring(at, dollar - 1) + "${", false));
                at = dollar + 2;
                continue;
            }
            int close = text.indexOf('}', dollar);
            if (close < 0) {
                return refuse(
                        "config.variable",
                        "this ${ is never closed",
                        place(scalar, text.substring(dollar)),
                        "write $${ for a literal ${");
            }
            String reference = text.substring(dollar, close + 1);
            Text value = resolve(text.substring(dollar + 2, close), place(scalar, reference));
            if (value == null) {
                return null;
            }
            if (dollar == 0 && close == text.length() - 1) {
                return value;
            }
            result = result.plus(Text.of(text.substring(at, dollar), false)).plus(value);
            at = close + 1;
            if (result.shown().length() > LONGEST) {
                return refuse(
                        "config.variable", "with its variables this text is longer than 1 MiB", scalar.span(), null);
            }
        }
        together += result.shown().length();
        if (together > LONGEST_TOGETHER) {
            return refuse(
                    "config.variable", "the variables of this file expand to more than 32 MiB", scalar.span(), null);
        }
        return result;
    }

    /** The secret of this name, or null after saying why not. */
    @Nullable
    Secret secret(String name, Span place) {
        if (readingSecrets) {
            diagnostics.add(Diagnostic.error("config.secret", "a secret cannot be used inside of secrets")
                    .at(place));
            return null;
        }
        Optional<Secret> secret = secrets.get(name);
        if (secret == null) {
            unknown("config.secret", "there is no secret \"" + name + "\"", name, secrets.keySet(), place)
                    .ifPresent(d -> diagnostics.add(
                            secrets.isEmpty() ? d.help("declare it: secrets: {" + name + ": {generate: 32}}") : d));
            return null;
        }
        return secret.orElse(null);
    }

    private @Nullable Text resolve(String name, Span place) {
        if (name.startsWith("env:")) {
            String variable = name.substring(4);
            String value = environment.variable(variable);
            return value == null
                    ? refuse(
                            "config.variable",
                            "the environment variable " + variable + " is not set",
                            place,
                            "set it where tg runs, for example: " + variable + "=… tg plan")
                    : Text.of(value, true);
        }
        if (name.startsWith("file:")) {
            return switch (environment.file(name.substring(5))) {
                case Parsed.Ok<String>(String value) -> Text.of(withoutLineBreak(value), true);
                case Parsed.Bad<String>(String reason) -> refuse("config.variable", reason, place, null);
            };
        }
        if (name.startsWith("secret:")) {
            Secret secret = secret(name.substring(7), place);
            return secret == null ? null : Text.of(secret);
        }
        if (!NAME.matcher(name).matches()) {
            return refuse(
                    "config.variable",
                    "\"" + name + "\" is not the name of a variable",
                    place,
                    "write ${name}, ${env:NAME}, ${file:PATH} or ${secret:name}; $${ is a literal ${");
        }
        return variable(name, place);
    }

    private @Nullable Text variable(String name, Span place) {
        Optional<Text> before = known.get(name);
        if (before != null) {
            return before.orElse(null);
        }
        Node.Scalar value = written.get(name);
        if (value == null) {
            unknown("config.variable", "there is no variable \"" + name + "\"", name, written.keySet(), place)
                    .ifPresent(d -> diagnostics.add(
                            d.help("declare it under vars:, use ${env:" + name + "}, or write $${ for a literal ${")));
            return null;
        }
        if (open.contains(name)) {
            return refuse(
                    "config.variable",
                    "the variable \"" + name + "\" refers to itself: "
                            + String.join(
                                    " → ",
                                    open.reversed().stream()
                                            .dropWhile(o -> !o.equals(name))
                                            .toList())
                            + " → " + name,
                    place,
                    null);
        }
        if (open.size() >= DEEPEST) {
            return refuse(
                    "config.variable", "variables refer to each other more than " + DEEPEST + " deep", place, null);
        }
        open.push(name);
        Text text = expand(value);
        open.pop();
        known.put(name, Optional.ofNullable(text));
        return text;
    }

    private static Optional<Diagnostic> unknown(
            String code, String message, String name, Collection<String> names, Span place) {
        String hint = Nearest.to(name, names)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(null);
        return Optional.of(Diagnostic.error(code, message).at(place).hint(hint));
    }

    private @Nullable Text refuse(String code, String message, Span place, @Nullable String help) {
        diagnostics.add(Diagnostic.error(code, message).at(place).help(help));
        return null;
    }

    /** Where the reference stands inside of the scalar, as far as the source shows it unescaped. */
    private Span place(Node.Scalar scalar, String reference) {
        Span whole = scalar.span();
        int at = source.text().substring(whole.start(), whole.end()).indexOf(reference);
        return at < 0 ? whole : lines.span(whole.start() + at, whole.start() + at + reference.length());
    }

    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
