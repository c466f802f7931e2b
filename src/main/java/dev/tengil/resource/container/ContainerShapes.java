package dev.tengil.resource.container;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Named;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands behind the keys of a container that are more than one scalar. */
final class ContainerShapes {
    static final String ENV_NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final long SMALLEST_DISK = 64L << 20;

    private ContainerShapes() {}

    /** A variable and where it is set. */
    record EnvEntry(String name, Literal value, Span span) implements Named {}

    /** An image as written, and whether the text left the tag open. */
    record ImageAsk(ImageReference reference, boolean tagOpen) {}

    /** {@code startup}. */
    record Startup(Integer order, Integer up, Integer down) {}

    static final Shape.Scalar<String> NAME = Scalars.of("name", Shape.Schema.text(), ContainerShapes::name);

    static final Shape.Scalar<String> HOSTNAME = Scalars.of(
            "host name",
            Shape.Schema.text(),
            text -> isHostname(text)
                    ? Parsed.ok(text)
                    : Parsed.bad("a host name is made of letters, digits and -, in parts joined by dots"));

    static final Shape.Scalar<String> NUMBER = Scalars.of(
            "number",
            Shape.Schema.textOrNumber(),
            text -> text.matches("\\d{1,4}(?:\\.\\d{1,3})?") && Double.parseDouble(text) <= 8192
                    ? Parsed.ok(plain(text))
                    : Parsed.bad("it is a number from 0 to 8192"));

    static final Shape.Scalar<String> TAG = Scalars.of(
            "tag",
            Shape.Schema.text(),
            text -> text.matches("[A-Za-z0-9_][A-Za-z0-9_+.-]*")
                    ? Parsed.ok(text.toLowerCase(Locale.ROOT))
                    : Parsed.bad("a tag is made of letters, digits and _ + . -"));

    static final Shape.Scalar<ByteSize> DISK = Scalars.of(
            "size",
            Shape.Schema.textOrNumber(),
            text -> ByteSize.parse(text, 'G')
                    .then(size -> size.bytes() >= SMALLEST_DISK
                            ? Parsed.ok(size)
                            : Parsed.bad("a root disk has at least 64M; a bare number is GiB")));

    static final Shape.Scalar<ImageAsk> IMAGE = Scalars.of(
            "image",
            Shape.Schema.text(),
            text -> ImageReference.parse(text)
                    .map(reference -> new ImageAsk(reference, ImageReference.leavesTagOpen(text))));

    static final Shape.Scalar<String> REGISTRY = Scalars.of("registry", Shape.Schema.text(), ImageReference::registry);

    /** A maker of graphics cards, or whether there is to be any: {@code true} or {@code false} then. */
    static final Shape.Scalar<String> GPU = Scalars.of(
            "true, false, intel, amd, nvidia", new Shape.Schema(List.of("boolean", "string"), "", List.of()), text -> {
                if (Scalars.bool().reader().apply(new Literal(text, true, null))
                        instanceof Parsed.Ok<Boolean>(Boolean on)) {
                    return Parsed.ok(on.toString());
                }
                List<String> makers = List.of("intel", "amd", "nvidia");
                return makers.contains(text)
                        ? Parsed.ok(text)
                        : Parsed.bad("it is one of true, false, " + String.join(", ", makers)
                                + Nearest.suggestion(text, makers));
            });

    static Parsed<String> name(String text) {
        return text.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
                ? Parsed.ok(text)
                : Parsed.bad("a container's name is 1 to 63 letters, digits and - . _ inside");
    }

    /** {@code a}, or a list. */
    static <T> Shape<List<Located<T>>> oneOrMore(Shape<T> item) {
        Shape<List<Located<T>>> one = item.refine(value -> Parsed.ok(List.of(value)));
        return Shape.either(one, Shape.listOf(item));
    }

    /** A list of {@code K=V}, or a mapping. */
    static Shape<List<EnvEntry>> env() {
        Shape.Scalar<Literal> literal = new Shape.Scalar<>("text", Shape.Schema.textOrNumber(), Parsed::ok);
        Shape.Scalar<String> name = Scalars.of("name of a variable", Shape.Schema.text(), ContainerShapes::envName);
        Shape<List<EnvEntry>> list = Shape.listOf(literal).refine(items -> {
            List<EnvEntry> entries = new ArrayList<>();
            for (Located<Literal> item : items.value()) {
                Parsed<EnvEntry> entry = envLine(item);
                switch (entry) {
                    case Parsed.Ok<EnvEntry>(EnvEntry ok) -> entries.add(ok);
                    case Parsed.Bad<EnvEntry>(String reason) -> {
                        return Parsed.bad(reason);
                    }
                }
            }
            return Parsed.ok(List.copyOf(entries));
        });
        Shape<List<EnvEntry>> map = Shape.mapOf(name, literal)
                .refine(entries -> Parsed.ok(entries.value().entrySet().stream()
                        .map(entry -> new EnvEntry(
                                entry.getKey().value(),
                                entry.getValue().value(),
                                entry.getValue().span()))
                        .toList()));
        return Shape.either(list, map);
    }

    /** A list of {@code NAME=value}, or a mapping. */
    static Shape<SortedMap<String, Located<String>>> labels() {
        Shape.Scalar<Literal> literal = new Shape.Scalar<>("text", Shape.Schema.textOrNumber(), Parsed::ok);
        Shape.Scalar<String> name = Scalars.of("label", Shape.Schema.text(), ContainerShapes::labelName);
        Shape<SortedMap<String, Located<String>>> list = Shape.listOf(literal).refine(items -> {
            SortedMap<String, Located<String>> labels = new TreeMap<>();
            for (Located<Literal> item : items.value()) {
                String text = item.value().text();
                int equals = text.indexOf('=');
                String label = equals < 0 ? text : text.substring(0, equals);
                if (labelName(label) instanceof Parsed.Bad<String>(String reason)) {
                    return Parsed.bad(reason);
                }
                Parsed<String> value = labelValue(item.value(), equals < 0 ? "" : text.substring(equals + 1));
                if (value instanceof Parsed.Bad<String>(String reason)) {
                    return Parsed.bad(reason);
                }
                labels.put(label, new Located<>(value.orThrow(), item.span()));
            }
            return Parsed.ok(labels);
        });
        Shape<SortedMap<String, Located<String>>> map = Shape.mapOf(name, literal)
                .refine(entries -> {
                    SortedMap<String, Located<String>> labels = new TreeMap<>();
                    for (Map.Entry<Located<String>, Located<Literal>> entry :
                            entries.value().entrySet()) {
                        Literal said = entry.getValue().value();
                        Parsed<String> value = labelValue(said, said.text());
                        if (value instanceof Parsed.Bad<String>(String reason)) {
                            return Parsed.bad(reason);
                        }
                        labels.put(
                                entry.getKey().value(),
                                new Located<>(value.orThrow(), entry.getKey().span()));
                    }
                    return Parsed.ok(labels);
                });
        return Shape.either(list, map);
    }

    private static Parsed<String> labelName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._/\\[\\]@-]{0,254}")
                ? Parsed.ok(text)
                : Parsed.bad("a label's name is made of letters, digits and . _ - / [ ], like traefik.enable");
    }

    private static Parsed<String> labelValue(Literal said, String value) {
        return said.secret() != null
                ? Parsed.bad("a secret cannot be used here: labels are shown, and written into files that others read")
                : value.chars().anyMatch(Character::isISOControl)
                        ? Parsed.bad("a label is one line without control characters")
                        : Parsed.ok(value);
    }

    static Parsed<EnvEntry> envLine(Located<Literal> line) {
        Literal literal = line.value();
        int equals = literal.text().indexOf('=');
        if (literal.secret() != null || equals < 1) {
            return Parsed.bad("write NAME=value; a secret goes into the form NAME: !secret name");
        }
        return envName(literal.text().substring(0, equals))
                .map(name -> new EnvEntry(
                        name, new Literal(literal.text().substring(equals + 1), false, null), line.span()));
    }

    private static Parsed<String> envName(String text) {
        return text.matches(ENV_NAME)
                ? Parsed.ok(text)
                : Parsed.bad("\"" + text + "\" is not the name of a variable: letters, digits and _ are allowed");
    }

    /** Words of a program: a list, or one line. */
    static Shape<List<String>> words() {
        Shape.Scalar<String> word = Scalars.longText();
        Shape<List<String>> line = word.refine(text -> {
            if (LxcWords.isOpen(text.value())) {
                return Parsed.bad("a quote in it is never closed");
            }
            List<String> words = LxcWords.split(text.value());
            return words.isEmpty() ? Parsed.bad("it cannot be empty") : Parsed.ok(words);
        });
        Shape<List<String>> list = Shape.listOf(word)
                .refine(items ->
                        Parsed.ok(items.value().stream().map(Located::value).toList()));
        return Shape.either(line, list);
    }

    /** A number, or {@code {order, up, down}}. */
    static Shape<Startup> startup() {
        Shape.Scalar<Integer> seconds = Scalars.integer(0, 1_000_000);
        Key<Integer> order = Key.of("order", seconds, "Lower ones start first and stop last.");
        Key<Integer> up = Key.of("up", seconds, "Seconds to wait after starting it.");
        Key<Integer> down = Key.of("down", seconds, "Seconds to wait for it to stop.");
        Shape<Startup> number = seconds.refine(value -> Parsed.ok(new Startup(value.value(), -1, -1)));
        Shape<Startup> full = Shape.struct("startup", order, up, down)
                .refine(fields -> Parsed.ok(new Startup(
                        fields.value().valueOr(order, -1),
                        fields.value().valueOr(up, -1),
                        fields.value().valueOr(down, -1))));
        return Shape.either(number, full);
    }

    /** A list of names, or a mapping to true, false or (for {@code mount}) a list of file systems. */
    static Shape<SortedMap<String, String>> features() {
        Shape.Scalar<String> name = Scalars.word("nesting", "keyctl", "fuse", "mknod", "force_rw_sys", "mount");
        Shape.Scalar<String> value = Scalars.of("true, false or file systems", Shape.Schema.text(), text -> {
            Parsed<Boolean> bool = Scalars.bool().reader().apply(new Literal(text, true, null));
            if (bool instanceof Parsed.Ok<Boolean>(Boolean on)) {
                return Parsed.ok(on ? "1" : "0");
            }
            return text.matches("[01]|[a-z0-9_]+(?:[;, ]+[a-z0-9_]+)*")
                    ? Parsed.ok(text.replaceAll("[;, ]+", ";"))
                    : Parsed.bad("write true or false; for mount a list of file systems like nfs;cifs");
        });
        Shape<SortedMap<String, String>> list = Shape.listOf(name).refine(names -> {
            SortedMap<String, String> features = new TreeMap<>();
            names.value().forEach(feature -> features.put(feature.value(), "1"));
            return features.containsKey("mount")
                    ? Parsed.bad("mount needs the file systems: {mount: \"nfs;cifs\"}")
                    : Parsed.ok(features);
        });
        Shape<SortedMap<String, String>> map = Shape.mapOf(name, value).refine(entries -> {
            SortedMap<String, String> features = new TreeMap<>();
            for (Map.Entry<Located<String>, Located<String>> entry :
                    entries.value().entrySet()) {
                String text = entry.getValue().value();
                boolean mount = entry.getKey().value().equals("mount");
                if (mount == text.matches("[01]")) {
                    return Parsed.bad(mount ? "mount needs the file systems: \"nfs;cifs\"" : "write true or false");
                }
                features.put(entry.getKey().value(), text);
            }
            return Parsed.ok(features);
        });
        return Shape.either(list, map);
    }

    /** Anything; for keys of old files and of work that has not landed. */
    static Shape<Literal> anyScalar() {
        return new Shape.Scalar<>("text", Shape.Schema.textOrNumber(), Parsed::ok);
    }

    /** The old form of a container in a list: {@code name:/mount[:ro]}. */
    static Parsed<Fields> shortForm(Located<String> text) {
        String rest = text.value();
        Span span = text.span();
        Fields.Builder fields = Fields.builder(span);
        if (rest.endsWith(":ro") || rest.endsWith(":rw")) {
            fields.put(ContainerKeys.READONLY, span, new Located<>(rest.endsWith(":ro"), span));
            rest = rest.substring(0, rest.length() - 3);
        }
        int colon = rest.indexOf(":/");
        String name = colon < 0 ? rest : rest.substring(0, colon);
        if (colon > 0) {
            switch (MountTarget.parse(rest.substring(colon + 1))) {
                case Parsed.Ok<HostPath>(HostPath path) ->
                    fields.put(ContainerKeys.MOUNT, span, new Located<>(path, span));
                case Parsed.Bad<HostPath>(String reason) -> {
                    return Parsed.bad(reason);
                }
            }
        }
        return name(name)
                .map(ok -> fields.put(ContainerKeys.NAME, span, new Located<>(ok, span))
                        .build());
    }

    static boolean isHostname(String text) {
        String label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        return text.length() <= 255 && text.matches(label + "(?:\\." + label + ")*");
    }

    private static String plain(String number) {
        return number.contains(".") ? number.replaceAll("\\.?0+$", "") : number;
    }
}
