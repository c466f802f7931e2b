package dev.tengil.resource.dataset;

import dev.tengil.model.Diagnostic;
import dev.tengil.model.Diagnostics;
import dev.tengil.model.Fields;
import dev.tengil.model.Located;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The built-in profiles with the file's own beside or over them. */
final class Profiles {

    private final Map<String, Located<Fields>> own = new HashMap<>();
    private final SortedMap<String, Profile> read = new TreeMap<>(Profile.builtIn());
    private final Diagnostics diagnostics;

    private Profiles(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    static SortedMap<String, Profile> read(
            @Nullable Map<Located<String>, Located<Fields>> own, Diagnostics diagnostics) {
        Profiles profiles = new Profiles(diagnostics);
        if (own != null) {
            own.forEach((name, fields) -> profiles.own.put(name.value(), fields));
            own.keySet().forEach(name -> profiles.one(name.value(), new HashSet<>()));
        }
        return profiles.read;
    }

    private Profile one(String name, Set<String> path) {
        Located<Fields> fields = own.get(name);
        if (fields == null) {
            return read.getOrDefault(name, new Profile(new TreeMap<>()));
        }
        Profile base = new Profile(new TreeMap<>());
        Located<String> parent = fields.value().get(DatasetKeys.EXTENDS);
        if (parent != null) {
            boolean itself = parent.value().equals(name) && !Profile.builtIn().containsKey(name);
            if (itself || !path.add(name)) {
                diagnostics.add(Diagnostic.error("dataset.profile-circle", "profile " + name + " extends itself")
                        .at(parent.span()));
            } else if (!own.containsKey(parent.value()) && !Profile.builtIn().containsKey(parent.value())) {
                diagnostics.add(
                        Diagnostic.error("dataset.unknown-profile", "there is no profile \"" + parent.value() + "\"")
                                .at(parent.span())
                                .hint(Nearest.to(parent.value(), read.keySet())
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse(null)));
            } else {
                base = parent.value().equals(name) ? read.getOrDefault(name, base) : one(parent.value(), path);
            }
        }
        SortedMap<String, String> properties = new TreeMap<>();
        fields.value().valueOr(DatasetKeys.ZFS, Map.of()).forEach((property, text) -> {
            switch (Profile.canonical(property.value(), text.value())) {
                case Parsed.Ok<String>(String value) -> properties.put(property.value(), value);
                case Parsed.Bad<String>(String reason) ->
                    diagnostics.add(Diagnostic.error("dataset.property", reason).at(text.span()));
            }
        });
        Profile profile = base.with(properties);
        read.put(name, profile);
        return profile;
    }
}
