package dev.tengil.resource.image;

import dev.tengil.model.Fields;
import dev.tengil.model.ImageReference;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Secret;
import dev.tengil.model.Shape;
import dev.tengil.oci.Mirror;
import dev.tengil.oci.credentials.Login;
import java.util.Map;

/** The keys of one entry of {@code registries}. The client's own types check the values, and only where a file has some. */
public final class RegistryKeys {

    static final Key<String> HOST = Key.of(
            "host",
            Scalars.of("registry", Shape.Schema.text(), ImageReference::host),
            "Where it is, as image names have it: `registry.lan:5000`. Without it the entry's name is the host.");
    static final Key<String> USERNAME = Key.of(
            "username",
            Scalars.of(
                    "text",
                    Shape.Schema.text(),
                    text -> Login.of(text, Secret.of("", "")).map(Login::username)),
            "Who logs in.");
    static final Key<Password> PASSWORD = Key.of(
            "password",
            new Shape.Scalar<>("secret", Shape.Schema.textOrNumber(), RegistryKeys::password),
            "The password or token, as `!secret name`.");
    static final Key<Mirror> MIRROR = Key.of(
            "mirror",
            Scalars.of("registry", Shape.Schema.text(), text -> Mirror.parse(text)),
            "A registry that keeps copies and is asked first: `mirror.lan` or `mirror.lan:5000/PATH`.");
    static final Key<Boolean> INSECURE = Key.of(
            "insecure",
            Scalars.bool(),
            "Whether a certificate that nobody vouches for, or no encryption at all, is accepted. Default: false.");
    static final Key<String> CA = Key.of(
            "ca",
            Scalars.text(),
            "A PEM file with the certificate that signed the registry's own; a relative path counts from the file.");

    /** {@code registries}. */
    public static final Key<Map<Located<String>, Located<Fields>>> REGISTRIES = Key.of(
            "registries",
            Shape.mapOf(
                    Scalars.text(),
                    Shape.struct("registry", HOST, USERNAME, PASSWORD, MIRROR, INSECURE, CA)
                            .refine(RegistryKeys::whole)),
            "How registries are talked to that want a login, a mirror or a certificate of their own. `docker.io`, `ghcr.io`,"
                    + " `quay.io` and `lscr.io` need no entry. Images are looked up and pulled with them; a login goes to the host for"
                    + " the one pull and is not kept there.");

    private RegistryKeys() {}

    /**
     * What a registry wants with the name.
     *
     * @param secret what is kept from view
     * @param plain whether it stands in the file for everybody to read
     */
    record Password(Secret secret, boolean plain) {}

    private static Parsed<Password> password(Literal literal) {
        Secret secret = literal.secret();
        if (secret != null) {
            return Parsed.ok(new Password(secret, false));
        }
        return literal.text().isEmpty() || literal.text().chars().anyMatch(Character::isISOControl)
                ? Parsed.bad("a password is not empty and has no control characters")
                : Parsed.ok(new Password(Secret.of("password", literal.text()), true));
    }

    private static Parsed<Fields> whole(Located<Fields> entry) {
        Fields fields = entry.value();
        if (fields.has(USERNAME) != fields.has(PASSWORD)) {
            return Parsed.bad("username and password go together");
        }
        return fields.valueOr(INSECURE, false) && fields.has(CA)
                ? Parsed.bad("insecure: true accepts every certificate, so ca: does nothing; keep one of them")
                : Parsed.ok(fields);
    }
}
