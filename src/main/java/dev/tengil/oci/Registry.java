package dev.tengil.oci;

import dev.tengil.oci.credentials.Login;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How one registry is to be talked to.
 *
 * @param host host and optional port, as image names have it
 * @param login that tengil.yml gives; null to look into the auth files
 * @param mirror that is asked first; null for none
 * @param insecure whether a certificate that nobody vouches for, or none at all, is accepted
 * @param ca a PEM file on this machine with certificates that are trusted beside the usual ones; null for none
 */
public record Registry(
        String host,
        @Nullable Login login,
        @Nullable Mirror mirror,
        boolean insecure,
        @Nullable Path ca) {

    /** One that needs nothing said: all public ones. */
    public static Registry of(String host) {
        return new Registry(host, null, null, false, null);
    }

    /** The same with this login. */
    public Registry with(Login newLogin) {
        return new Registry(host, newLogin, mirror, insecure, ca);
    }
}
