package dev.tengil.oci.image;

import dev.tengil.model.Parsed;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on, in Go's words as all registries use them: {@code linux/amd64}, {@code linux/arm/v7}.
 *
 * @param variant of the architecture; null when it does not matter
 */
public record Platform(
        String os, String architecture, @Nullable String variant) {

    /** What nearly every Proxmox host is. */
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", null);

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Reads {@code os/architecture[/variant]}. */
    public static Parsed<Platform> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            return Parsed.bad("a platform is written as linux/amd64 or linux/arm/v7");
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return Parsed.bad("\"" + text + "\" is not a platform");
            }
        }
        return Parsed.ok(new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null));
    }

    /** Whether what is made for the other runs here: variants count only where both name one. */
    public boolean runs(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (variant == null || other.variant == null || variant.equals(other.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }
}
