package dev.tengil.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A text that must not be seen. Only {@link #reveal()} gives it, and only what writes stdin or a 0600 file may call that. The value
 * is fetched when first needed: a generated secret lies in the store on the host, which is read after the file.
 */
public final class Secret {

    private final String name;
    private final Supplier<String> value;
    private final BooleanSupplier fresh;

    /**
     * @param name what the file calls it; may be shown
     * @param value never shown
     */
    public Secret(String name, Supplier<String> value) {
        this(name, value, () -> false);
    }

    /**
     * @param fresh whether the value, once revealed, was made for this run
     */
    public Secret(String name, Supplier<String> value, BooleanSupplier fresh) {
        this.name = name;
        this.value = value;
        this.fresh = fresh;
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

    /** Whether its text is such; the answer is all that comes out. */
    public boolean is(Predicate<String> such) {
        return such.test(reveal());
    }

    /** Whether its value was made just now, so that nothing on any host can have it yet. */
    public boolean isFresh() {
        return !reveal().isEmpty() && fresh.getAsBoolean();
    }

    /** A digest by which two values can be told apart and neither can be guessed from a list of digests. */
    public String digest(String salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
