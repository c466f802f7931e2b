package dev.tengil.host.sim.pve.schema;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one call.
 *
 * @param list all of them, those in the path too
 */
public record Parameters(List<Property> list) {

    public Parameters {
        list = List.copyOf(list);
    }

    public static Parameters of(Property... properties) {
        return new Parameters(List.of(properties));
    }

    /** Those that this version of pve-container knows; sub-options that it does not know are gone as well. */
    public Parameters knownTo(String container) {
        return new Parameters(list.stream()
                .filter(property -> knows(container, property))
                .map(property -> reduced(container, property))
                .toList());
    }

    /** The parameter of this name, or null. */
    public @Nullable Property find(String name) {
        for (Property property : list) {
            if (property.covers(name)) {
                return property;
            }
        }
        return null;
    }

    /** Everything that is wrong, by parameter; empty when all is well. */
    public SortedMap<String, String> errors(Map<String, String> values) {
        SortedMap<String, String> errors = new TreeMap<>();
        values.forEach((name, value) -> {
            Property property = find(name);
            if (property == null) {
                errors.put(
                        name, "property is not defined in schema and the schema does not allow additional properties");
            } else {
                property.type().check(name, value, errors);
            }
        });
        for (Property property : list) {
            if (property.required() && !values.containsKey(property.name())) {
                errors.put(property.name(), "property is missing and it is not optional");
            }
        }
        return errors;
    }

    private static boolean knows(String container, Property property) {
        String since = property.since();
        return since == null || DebianVersion.compare(container, since) >= 0;
    }

    private static Property reduced(String container, Property property) {
        if (!(property.type() instanceof Type.Properties(PropertyFormat format))) {
            return property;
        }
        List<Property> keys =
                format.keys().stream().filter(key -> knows(container, key)).toList();
        return new Property(
                property.name(),
                new Type.Properties(new PropertyFormat(format.defaultKey(), keys)),
                property.required(),
                property.maxIndex(),
                property.since());
    }
}
