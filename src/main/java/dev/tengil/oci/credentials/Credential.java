package dev.tengil.oci.credentials;

import dev.tengil.model.Secret;

/** What a registry is shown to be let in. */
public sealed interface Credential {

    /** Where it was found, for the person who wonders which login was used: a file, a helper, or tengil.yml. */
    String from();

    /** A name and a password. */
    record Password(Login login, String from) implements Credential {}

    /** A refresh token of OAuth 2, which some registries give out at login instead of keeping the password. */
    record IdentityToken(Secret token, String from) implements Credential {}
}
