package dev.tengil.cli;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
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
import org.jspecify.annotations.Nullable;

/** Finds a field in the file; where the file is silent: in a profile, in the defaults, among the choices, or nowhere. */
final class Explainer {

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
            return profile != null ? profile : onHost("dataset:" + dataset.name(), rest, found, session);
        }
        if (bare.contains("/")) {
            throw unknown(
                    field,
                    file.declared().datasets().stream().map(Declaration::name).toList());
        }
        return first(
                List.of(new Declaration("", file.fields(), null, file.fields().span())), bare, TengilFile.ROOT, field);
    }

    private Explanation container(String bare, String field, @Nullable Session session) throws Stopped {
        List<Declaration> all = file.declared().containers();
        Declaration named = longest(all, bare);
        if (named == null) {
            throw unknown(
                    field, all.stream().map(each -> "container." + each.name()).toList());
        }
        List<Declaration> same =
                all.stream().filter(each -> each.name().equals(named.name())).toList();
        String rest = rest(bare, named.name());
        Explanation found = first(same, rest, ContainerKeys.SHAPE, field);
        if (found.value() != null) {
            return found;
        }
        Fields defaults = file.fields().value(TengilFile.DEFAULTS);
        Span place = defaults == null ? null : place(defaults, rest);
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
                    shape.keys().get().stream()
                            .map(each -> field.substring(0, field.length() - rest.length()) + each.name())
                            .toList());
        }
        for (Declaration each : declarations) {
            Span place = place(each.fields(), rest);
            if (place != null) {
                return new Explanation(
                        written(place), place.toString(), key.get().doc());
            }
        }
        return new Explanation(null, "nothing in " + file.name(), key.get().doc());
    }

    private @Nullable Explanation profile(Declaration dataset, String rest, @Nullable String about) {
        Located<String> profile = dataset.fields().get(DatasetKeys.PROFILE);
        if (profile == null || !rest.startsWith("zfs.")) {
            return null;
        }
        ProfileList.Property property =
                new ProfileList(file.fields()).properties(profile.value()).get(rest.substring("zfs.".length()));
        return property == null
                ? null
                : new Explanation(property.value(), property.from() + "; named in " + profile.span(), about);
    }

    private static Explanation onHost(String address, String rest, Explanation silent, @Nullable Session session)
            throws Stopped {
        if (session == null) {
            return silent;
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
        return new Explanation(null, silent.from() + ", and nothing was chosen: the host's default", silent.about());
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

    /** Where the value behind a dotted path stands; null when it is not there. */
    private static @Nullable Span place(Object value, String rest) {
        switch (value) {
            case Fields fields -> {
                for (Key<?> key : fields.keys()) {
                    Located<?> inner = fields.get(key);
                    Span found = inner == null ? null : step(key.name(), inner, rest);
                    if (found != null) {
                        return found;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (entry.getKey() instanceof Located<?> name && entry.getValue() instanceof Located<?> inner) {
                        Span found = step(String.valueOf(name.value()), inner, rest);
                        if (found != null) {
                            return found;
                        }
                    }
                }
            }
            default -> {
                // a plain value holds nothing
            }
        }
        return null;
    }

    private static @Nullable Span step(String name, Located<?> inner, String rest) {
        if (rest.equals(name)) {
            return inner.span();
        }
        return rest.startsWith(name + ".") ? place(inner.value(), rest.substring(name.length() + 1)) : null;
    }

    /** As it stands in the file, so that a secret stays a reference. */
    private String written(Span span) {
        String text = file.source().text();
        return text.substring(span.start(), Math.min(span.end(), text.length())).strip();
    }

    private Stopped unknown(String field, List<String> known) {
        output.error(
                "explain.unknown",
                "there is no field " + field + Nearest.suggestion(field, known),
                "Fields look like tank/media.zfs.recordsize, container.jellyfin.memory, defaults.bridge.");
        return new Stopped(Exit.INVALID);
    }
}
