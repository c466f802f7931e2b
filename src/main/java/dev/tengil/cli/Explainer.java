package dev.tengil.cli;

import dev.tengil.config.Preamble;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import dev.tengil.plan.TengilFile;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.container.ContainerKeys;
import dev.tengil.resource.dataset.DatasetKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a field in the file; where the file is silent: in a profile, in the defaults, among the choices, or nowhere. */
final class Explainer {

    private static final Set<String> OF_ONE_DATASET = Set.of(
            "zfs.quota", "zfs.refquota", "zfs.reservation", "zfs.refreservation", "zfs.mountpoint", "zfs.canmount");

    private final FileReading file;
    private final Output output;

    Explainer(FileReading file, Output output) {
        this.file = file;
        this.output = output;
    }

    /**
     * Says where the value comes from.
     *
     * @param session the host, if it may be asked
     */
    Explanation explain(String field, @Nullable Session session) throws Stopped {
        String bare = field.startsWith("dataset:") ? field.substring("dataset:".length()) : field;
        for (String prefix : List.of("container:", "container.", "containers.")) {
            if (bare.startsWith(prefix)) {
                return container(bare.substring(prefix.length()), field, session);
            }
        }
        Declaration dataset = longest(file.declared().datasets(), bare);
        if (dataset != null) {
            String rest = rest(bare, dataset.name());
            Explanation found = first(List.of(dataset), rest, TengilFile.DATASET, field);
            if (found.value() != null) {
                return found;
            }
            Explanation profile = profile(dataset, rest, found.about());
            if (profile == null) {
                profile = inherited(dataset.name(), rest, found.about());
            }
            return profile != null ? profile : onHost("dataset:" + dataset.name(), rest, found, session);
        }
        if (bare.contains("/")) {
            throw unknown(
                    field,
                    "",
                    bare,
                    file.declared().datasets().stream().map(Declaration::name).toList());
        }
        return first(
                        List.of(new Declaration(
                                "", file.fields(), null, file.fields().span())),
                        bare,
                        TengilFile.ROOT,
                        field)
                .orDefault();
    }

    private Explanation container(String bare, String field, @Nullable Session session) throws Stopped {
        List<Declaration> all = file.declared().containers();
        Declaration named = longest(all, bare);
        if (named == null) {
            throw unknown(
                    field,
                    "container.",
                    bare,
                    all.stream().map(Declaration::name).toList());
        }
        List<Declaration> same =
                all.stream().filter(each -> each.name().equals(named.name())).toList();
        String rest = rest(bare, named.name());
        Explanation found = first(same, rest, ContainerKeys.SHAPE, field);
        if (found.value() != null) {
            return found;
        }
        Fields defaults = file.fields().value(TengilFile.DEFAULTS);
        Span place = defaults == null ? null : FieldPlace.find(defaults, inDefaults(rest));
        if (place != null) {
            return new Explanation(written(place), "defaults, " + place, found.about());
        }
        return onHost("container:" + named.name(), rest, found, session);
    }

    /** What the first of these declarations says; without a value when none does. A key that does not exist stops. */
    private Explanation first(List<Declaration> declarations, String rest, Shape.Struct shape, String field)
            throws Stopped {
        if (rest.isEmpty()) {
            Span place = declarations.getFirst().span();
            return new Explanation(written(declarations.getFirst().fields().span()), place.toString(), null);
        }
        String head = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        Optional<Key<?>> key = shape.keys().get().stream()
                .filter(each -> each.name().equals(head))
                .findFirst();
        if (key.isEmpty()) {
            throw unknown(
                    field,
                    field.substring(0, field.length() - rest.length()),
                    head,
                    shape.keys().get().stream().map(Key::name).toList());
        }
        for (Declaration each : declarations) {
            Span place = FieldPlace.find(each.fields(), rest);
            if (place != null) {
                return new Explanation(
                        written(place), place.toString(), key.get().doc());
            }
        }
        Key<?> last = last(key.get(), rest);
        return new Explanation(null, "nothing in " + file.name(), last.doc(), last.otherwise());
    }

    /** The key that the end of the path names, as far as it can be followed. */
    private static Key<?> last(Key<?> first, String path) {
        Key<?> key = first;
        for (String name : path.split("\\.", -1)) {
            if (key.shape() instanceof Shape.Struct struct) {
                Optional<Key<?>> below = struct.keys().get().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
                key = below.isPresent() ? below.get() : key;
            }
        }
        return key;
    }

    /** What containers are given under {@code network} stands in the defaults by itself. */
    private static String inDefaults(String rest) {
        return rest.startsWith("network.") ? rest.substring("network.".length()) : rest;
    }

    /** ZFS hands properties down, those of a profile as well; quotas and their like are of one dataset. */
    private @Nullable Explanation inherited(String name, String rest, @Nullable String about) throws Stopped {
        if (!rest.startsWith("zfs.") || OF_ONE_DATASET.contains(rest)) {
            return null;
        }
        for (String above = name; above.contains("/"); ) {
            above = above.substring(0, above.lastIndexOf('/'));
            for (Declaration each : file.declared().datasets()) {
                if (each.name().equals(above)) {
                    Span place = FieldPlace.find(each.fields(), rest);
                    Explanation found = place == null
                            ? profile(each, rest, about)
                            : new Explanation(written(place), place.toString(), about);
                    if (found != null) {
                        return new Explanation(found.value(), "inherited from " + above + ": " + found.from(), about);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Explanation profile(Declaration dataset, String rest, @Nullable String about) {
        Located<String> profile = dataset.fields().get(DatasetKeys.PROFILE);
        if (profile == null || !(rest.startsWith("zfs.") || rest.equals("zfs"))) {
            return null;
        }
        SortedMap<String, ProfileList.Property> all = new ProfileList(file.fields()).properties(profile.value());
        if (rest.equals("zfs")) {
            String text = all.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().value())
                    .collect(Collectors.joining("\n"));
            return new Explanation(text, "profile " + profile.value() + "; named in " + profile.span(), about);
        }
        ProfileList.Property property = all.get(rest.substring("zfs.".length()));
        return property == null
                ? null
                : new Explanation(property.value(), property.from() + "; named in " + profile.span(), about);
    }

    private static Explanation onHost(String address, String rest, Explanation silent, @Nullable Session session)
            throws Stopped {
        if (session == null) {
            return silent.orDefault();
        }
        Planned planned = new Planning(session).review();
        List<AppliedResource> all = new ArrayList<>(planned.plan().unchanged());
        planned.plan().changes().forEach(change -> {
            if (change.outcome() != null) {
                all.add(change.outcome());
            }
        });
        for (AppliedResource each : all) {
            if (each.address().toString().equals(address)) {
                String chosen = each.choice(rest);
                String value = each.fields().get(rest);
                if (chosen != null) {
                    return new Explanation(
                            chosen,
                            session.applied().choice(each.address(), rest) == null
                                    ? "chosen by tengil for the next apply"
                                    : "chosen by tengil, kept in the state",
                            silent.about());
                }
                if (value != null) {
                    return new Explanation(value, "what follows from the file and the host", silent.about());
                }
            }
        }
        return silent.otherwise() != null
                ? silent.orDefault()
                : new Explanation(null, silent.from() + ", and nothing was chosen: the host's default", silent.about());
    }

    /** The declaration whose name the text begins with; names may hold dots, so the longest counts. */
    private static @Nullable Declaration longest(List<Declaration> declarations, String text) {
        Declaration best = null;
        for (Declaration each : declarations) {
            boolean fits = text.equals(each.name()) || text.startsWith(each.name() + ".");
            if (fits && (best == null || each.name().length() > best.name().length())) {
                best = each;
            }
        }
        return best;
    }

    private static String rest(String text, String name) {
        return text.length() == name.length() ? "" : text.substring(name.length() + 1);
    }

    /** As it stands in the file, so that a secret stays a reference; the names of {@code vars:} by what they stand for. */
    private String written(Span span) {
        String text = Stream.of(file.source().text().split("\n", -1))
                .map(Blotted::line)
                .collect(Collectors.joining("\n"));
        String value = text.substring(span.start(), Math.min(span.end(), text.length()))
                .strip();
        for (var each : file.fields().valueOr(Preamble.VARS, Map.of()).entrySet()) {
            Literal variable = each.getValue().value();
            if (variable.secret() == null) {
                value = value.replaceAll(
                        "(?<!\\$)\\$\\{" + Pattern.quote(each.getKey().value()) + "}",
                        Matcher.quoteReplacement(variable.text()));
            }
        }
        if (text.substring(0, span.start()).stripTrailing().endsWith("!secret")) {
            value = "!secret " + value;
        }
        String indent = " ".repeat(span.column() - 1);
        return value.lines()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                .collect(Collectors.joining("\n"));
    }

    /**
     * @param before what of the field is right
     * @param wrong what is not
     */
    private Stopped unknown(String field, String before, String wrong, List<String> known) {
        String name = wrong.contains(".") ? wrong.substring(0, wrong.indexOf('.')) : wrong;
        output.error(
                "explain.unknown",
                "there is no field " + field
                        + Nearest.to(name, known)
                                .map(near -> "; did you mean \"" + before + near + "\"?")
                                .orElse(""),
                "Fields look like tank/media.zfs.recordsize, container.jellyfin.memory, defaults.bridge.");
        return new Stopped(Exit.INVALID);
    }
}
