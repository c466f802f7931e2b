package dev.tengil.oci.credentials;

import dev.tengil.model.Parsed;
import dev.tengil.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password, as a registry takes them. */
public record Login(String username, Secret password) {

    /** One that can be sent: Basic authentication ends the name at the first colon. */
    public static Parsed<Login> of(String username, Secret password) {
        if (username.isEmpty() || username.indexOf(':') >= 0 || username.chars().anyMatch(Character::isISOControl)) {
            return Parsed.bad("a user name of a registry is a text without colons");
        }
        return Parsed.ok(new Login(username, password));
    }

    /** {@code base64(name:password)}: what HTTP's Basic authentication and Docker's auth files use. */
    public Secret basic() {
        return new Secret(
                password.name(),
                () -> Base64.getEncoder()
                        .encodeToString((username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
    }
}
