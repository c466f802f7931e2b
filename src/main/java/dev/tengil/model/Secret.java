package dev.tengil.model;

/** A text that must not be seen. Only {@link #reveal()} gives it, and only what writes stdin or a 0600 file may call that. */
public final class Secret {

    private final String name;
    private final String value;

    /**
     * @param name what the file calls it; may be shown
     * @param value never shown
     */
    public Secret(String name, String value) {
        this.name = name;
        this.value = value;
    }

    public String name() {
        return name;
    }

    /** The text itself: for stdin and 0600 files only. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && name.equals(that.name) && value.equals(that.value);
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
