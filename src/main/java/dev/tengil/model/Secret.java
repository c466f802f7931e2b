package dev.tengil.model;

import java.util.function.Supplier;

/**
 * A text that must not be seen. Only {@link #reveal()} gives it, and only what writes stdin or a 0600 file may call that. The value
 * is fetched when first needed: a generated secret lies in the store on the host, which is read after the file.
 */
public final class Secret {

    private final String name;
    private final Supplier<String> value;

    /**
     * @param name what the file calls it; may be shown
     * @param value never shown
     */
    public Secret(String name, Supplier<String> value) {
        this.name = name;
        this.value = value;
    }

    /** A secret whose value is known already. */
    public static Secret of(String name, String value) {
        return new Secret(name, () -> value);
    }

    public String name() {
        return name;
    }

    /** The text itself: for stdin and 0600 files only. */
    public String reveal() {
        return value.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "‹secret›";
    }
}
