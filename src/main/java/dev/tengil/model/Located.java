package dev.tengil.model;

import java.util.function.Function;

/** A value and the place where it was written. */
public record Located<T>(T value, Span span) {

    /** Another value, said at the same place. */
    public <U> Located<U> map(Function<? super T, ? extends U> function) {
        return new Located<>(function.apply(value), span);
    }
}
