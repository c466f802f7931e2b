package dev.tengil.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What may stand at one place of tengil.yml, and the Java type it becomes. Data, interpreted by the parser, the JSON Schema writer
 * and the reference.
 */
public sealed interface Shape<T> {

    /**
     * One scalar.
     *
     * @param type the word a person reads: {@code size}, {@code path}, {@code on or off}
     * @param schema what JSON Schema can say of it
     * @param reader text to value; refusing gives the sentence that the person reads
     */
    record Scalar<T>(String type, Schema schema, Function<Literal, Parsed<T>> reader) implements Shape<T> {}

    /** A list of items. */
    record Sequence<T>(Shape<T> item) implements Shape<List<Located<T>>> {}

    /**
     * Names of the person's choice, each with a value.
     *
     * @param name reads and checks the name, for example as a pool
     * @param value what stands behind each
     */
    record Mapping<K, V>(Scalar<K> name, Shape<V> value) implements Shape<Map<Located<K>, Located<V>>> {}

    /**
     * A mapping with known keys; others are errors.
     *
     * @param title what it is called in the reference, for example {@code dataset}
     * @param keys lazily, so that a dataset may hold datasets
     */
    record Struct(String title, Supplier<List<Key<?>>> keys) implements Shape<Fields> {}

    /** Alternatives told apart by their YAML form: a scalar, a sequence or a mapping; at most one of each. */
    record Either<T>(List<Shape<? extends T>> alternatives) implements Shape<T> {}

    /** What the inner shape gives, turned into something better or refused with a sentence. */
    record Refined<A, T>(Shape<A> inner, Function<Located<A>, Parsed<T>> refine) implements Shape<T> {}

    /** What JSON Schema can say of a scalar. */
    record Schema(List<String> types, String pattern, List<String> words) {
        public Schema {
            types = List.copyOf(types);
            words = List.copyOf(words);
        }

        /** Any text. */
        public static Schema text() {
            return new Schema(List.of("string"), "", List.of());
        }

        /** Text or a bare number, as people write sizes. */
        public static Schema textOrNumber() {
            return new Schema(List.of("string", "number"), "", List.of());
        }
    }

    /** This shape's values, turned into something better. */
    default <U> Shape<U> refine(Function<Located<T>, Parsed<U>> function) {
        return new Refined<>(this, function);
    }

    static <T> Shape<List<Located<T>>> listOf(Shape<T> item) {
        return new Sequence<>(item);
    }

    static <K, V> Shape<Map<Located<K>, Located<V>>> mapOf(Scalar<K> name, Shape<V> value) {
        return new Mapping<>(name, value);
    }

    static Struct struct(String title, Key<?>... keys) {
        List<Key<?>> all = List.of(keys);
        return new Struct(title, () -> all);
    }

    static <T> Shape<T> either(Shape<? extends T> one, Shape<? extends T> other) {
        return new Either<>(List.of(one, other));
    }

    static <T> Shape<T> either(Shape<? extends T> one, Shape<? extends T> other, Shape<? extends T> third) {
        return new Either<>(List.of(one, other, third));
    }
}
