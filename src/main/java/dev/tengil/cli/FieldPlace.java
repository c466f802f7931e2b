package dev.tengil.cli;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Named;
import dev.tengil.model.Span;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds where the value behind a dotted path stands in a file that was read. */
final class FieldPlace {

    private FieldPlace() {}

    /**
     * Below this value; null when it is not there. What cannot be looked into stands for what is in it.
     *
     * @param path keys, names, and numbers of list entries from 1 on; a list of one needs no number
     */
    static @Nullable Span find(Object value, String path) {
        return find(value, path, null);
    }

    private static @Nullable Span find(Object value, String path, @Nullable Span whole) {
        List<Step> all = steps(value, path).toList();
        for (Step step : all) {
            if (path.equals(step.name())) {
                return step.span();
            }
            if (path.startsWith(step.name() + ".")) {
                return find(step.value(), path.substring(step.name().length() + 1), step.span());
            }
        }
        boolean named = value instanceof Fields
                || value instanceof Map<?, ?>
                || (value instanceof List<?> list && list.stream().allMatch(Named.class::isInstance));
        return named ? null : whole;
    }

    private record Step(String name, Object value, Span span) {}

    private static Stream<Step> steps(Object value, String path) {
        return switch (value) {
            case Fields fields -> fields.keys().stream().flatMap(key -> step(key, fields.get(key)));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(entry -> entry.getKey() instanceof Located<?> && entry.getValue() instanceof Located<?>)
                        .map(entry -> new Step(
                                String.valueOf(((Located<?>) entry.getKey()).value()),
                                ((Located<?>) entry.getValue()).value(),
                                ((Located<?>) entry.getValue()).span()));
            case List<?> list -> entries(list, path);
            default -> Stream.of();
        };
    }

    private static Stream<Step> step(Key<?> key, @Nullable Located<?> value) {
        return value == null ? Stream.of() : Stream.of(new Step(key.name(), value.value(), value.span()));
    }

    private static Stream<Step> entries(List<?> list, String path) {
        Stream<Step> numbered =
                IntStream.range(0, list.size()).boxed().flatMap(i -> entry(Integer.toString(i + 1), list.get(i)));
        Stream<Step> only = list.size() == 1 ? steps(bare(list.getFirst()), path) : Stream.of();
        return Stream.concat(numbered, only);
    }

    private static Stream<Step> entry(String number, Object entry) {
        return switch (entry) {
            case Located<?>(Object value, Span span) -> Stream.of(new Step(number, value, span));
            case Named named -> Stream.of(new Step(named.name(), "", named.span()));
            case Fields fields -> Stream.of(new Step(number, fields, fields.span()));
            default -> Stream.of();
        };
    }

    private static Object bare(Object entry) {
        return entry instanceof Located<?> located ? located.value() : entry;
    }
}
