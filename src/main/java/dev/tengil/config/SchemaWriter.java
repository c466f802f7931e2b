package dev.tengil.config;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.tengil.model.Key;
import dev.tengil.model.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the JSON Schema (2020-12) of a file from the descriptors that the parser reads, so that the two cannot differ. What JSON Schema
 * cannot express is left to the parser: the schema never refuses what the parser accepts.
 */
public final class SchemaWriter {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private final JsonObject definitions = new JsonObject();
    private final Set<String> written = new HashSet<>();
    private final Deque<Shape.Struct> open = new ArrayDeque<>();

    private SchemaWriter() {}

    /** The whole schema of a file with this root. */
    public static JsonObject write(Shape.Struct root) {
        SchemaWriter writer = new SchemaWriter();
        JsonObject schema = new JsonObject();
        schema.addProperty("$schema", DRAFT);
        schema.addProperty("title", root.title());
        JsonObject body = writer.struct(root);
        body.entrySet().forEach(entry -> schema.add(entry.getKey(), entry.getValue()));
        while (!writer.open.isEmpty()) {
            Shape.Struct next = writer.open.remove();
            writer.definitions.add(next.title(), writer.struct(next));
        }
        schema.add("$defs", writer.definitions);
        return schema;
    }

    private JsonObject struct(Shape.Struct struct) {
        JsonObject properties = new JsonObject();
        for (Key<?> key : struct.keys().get()) {
            JsonObject property = new JsonObject();
            JsonObject shape = shape(key.shape());
            // A reference is kept apart from what is said about it here.
            if (shape.has("$ref")) {
                property.add("$ref", shape.get("$ref"));
            } else {
                shape.entrySet().forEach(entry -> property.add(entry.getKey(), entry.getValue()));
            }
            property.addProperty("description", description(key));
            if (key.instead() != null) {
                property.addProperty("deprecated", true);
            }
            if (!properties.has(key.name())) {
                properties.add(key.name(), property);
            }
            for (String older : key.formerly()) {
                JsonObject old = property.deepCopy();
                old.addProperty("deprecated", true);
                old.addProperty("description", "Older spelling of `" + key.name() + "`.");
                if (!properties.has(older)) {
                    properties.add(older, old);
                }
            }
        }
        JsonObject object = new JsonObject();
        object.add("type", types(List.of("object", "null")));
        object.add("properties", properties);
        object.addProperty("additionalProperties", false);
        return object;
    }

    private static String description(Key<?> key) {
        String later = key.support() == Key.Support.LATER ? "(not yet) " : "";
        return later + key.doc() + (key.instead() == null ? "" : " Today: " + key.instead() + ".");
    }

    private JsonObject shape(Shape<?> shape) {
        return switch (shape) {
            case Shape.Scalar<?> scalar -> scalar(scalar.schema());
            case Shape.Sequence<?> sequence -> {
                JsonObject list = new JsonObject();
                list.add("type", types(List.of("array", "null")));
                list.add("items", shape(sequence.item()));
                yield list;
            }
            case Shape.Mapping<?, ?> mapping -> {
                JsonObject map = new JsonObject();
                map.add("type", types(List.of("object", "null")));
                map.add("additionalProperties", shape(mapping.value()));
                yield map;
            }
            case Shape.Struct struct -> reference(struct);
            case Shape.Either<?> either -> {
                JsonArray alternatives = new JsonArray();
                either.alternatives().forEach(each -> alternatives.add(shape(each)));
                JsonObject any = new JsonObject();
                any.add("anyOf", alternatives);
                yield any;
            }
            case Shape.Refined<?, ?> refined -> shape(refined.inner());
        };
    }

    /** Each struct once, so that a dataset may hold datasets. */
    private JsonObject reference(Shape.Struct struct) {
        if (written.add(struct.title())) {
            open.add(struct);
        }
        JsonObject reference = new JsonObject();
        reference.addProperty(
                "$ref",
                "#/$defs/"
                        + struct.title().replace("~", "~0").replace("/", "~1").replace(" ", "%20"));
        return reference;
    }

    /** A text may always hold {@code ${…}}, and a secret may stand as {@code {secret: name}}; numbers and words may be quoted. */
    private static JsonObject scalar(Shape.Schema said) {
        JsonObject scalar = new JsonObject();
        Set<String> allowed = new java.util.TreeSet<>(said.types());
        allowed.add("string");
        if (said.words().isEmpty()) {
            allowed.add("number");
            allowed.add("boolean");
            allowed.add("object");
        }
        scalar.add("type", types(List.copyOf(allowed)));
        if (!said.words().isEmpty()) {
            JsonArray examples = new JsonArray();
            said.words().forEach(examples::add);
            JsonObject word = new JsonObject();
            word.add("enum", examples);
            JsonObject variable = new JsonObject();
            variable.addProperty("pattern", "\\$\\{");
            JsonArray either = new JsonArray();
            either.add(word);
            either.add(variable);
            scalar.add("anyOf", either);
        }
        return scalar;
    }

    private static JsonArray types(List<String> names) {
        JsonArray types = new JsonArray();
        names.forEach(types::add);
        return types;
    }
}
