package dev.tengil.model;

/** An entry of a list that has a name of its own, such as a variable. */
public interface Named {

    String name();

    /** Where it stands. */
    Span span();
}
