package dev.tengil.model;

import java.util.function.Function;

/** The outcome of reading a text as a value: the value, or one sentence saying why not. Parsing never throws. */
public sealed interface Parsed<T> {

    /** It is one. */
    record Ok<T>(T value) implements Parsed<T> {}

    /**
     * It is none.
     *
     * @param reason a sentence without a full stop, for example {@code a dataset name cannot contain ".."}
     */
    record Bad<T>(String reason) implements Parsed<T> {}

    static <T> Parsed<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Parsed<T> bad(String reason) {
        return new Bad<>(reason);
    }

    /** Continues with the value, or carries the reason on. */
    default <U> Parsed<U> then(Function<? super T, Parsed<U>> next) {
        return switch (this) {
            case Ok<T> ok -> next.apply(ok.value());
            case Bad<T> bad -> bad(bad.reason());
        };
    }

    /** Turns the value into another. */
    default <U> Parsed<U> map(Function<? super T, ? extends U> function) {
        return then(value -> ok(function.apply(value)));
    }

    /** The value of a text that our own code wrote; a bad one is a defect of ours. */
    default T orThrow() {
        return switch (this) {
            case Ok<T> ok -> ok.value();
            case Bad<T> bad -> throw new IllegalArgumentException(bad.reason());
        };
    }
}
