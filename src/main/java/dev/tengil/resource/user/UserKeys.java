package dev.tengil.resource.user;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Secret;
import dev.tengil.model.Shape;
import dev.tengil.resource.AccountName;
import dev.tengil.resource.FreeIds;
import java.util.List;

/** The keys of one entry of {@code users}. */
public final class UserKeys {
    private static final Shape.Schema ACCOUNT =
            new Shape.Schema(List.of("string"), "^[a-z_][a-z0-9_-]{0,31}$", List.of());

    /** What a user may be called. */
    public static final Shape.Scalar<String> NAME =
            Scalars.of("account name", ACCOUNT, text -> AccountName.parse(text).map(AccountName::value));

    public static final Key<Integer> UID = Key.of(
            "uid",
            Scalars.integer(FreeIds.LOWEST, FreeIds.HIGHEST),
            "The user's id on disk. Without it a free one from 2000 on is chosen in the plan and kept.");

    public static final Key<Integer> GID = Key.of(
            "gid",
            Scalars.integer(FreeIds.LOWEST, FreeIds.HIGHEST),
            "The id of the user's primary group; it is made under the user's name if no group has this id. Without it: as the uid.");

    /** A group of the host's own may be joined by name unless it gives power, which only the resolver can tell. */
    public static final Key<List<Located<String>>> GROUPS = Key.of(
            "groups",
            Shape.listOf(Scalars.of("group name", ACCOUNT, UserKeys::groupName)),
            "Further groups, declared under `groups:` or existing on the host. Memberships that the file does not name stay.");

    public static final Key<SmbPassword> SMB_PASSWORD = Key.of(
            "smb_password",
            new Shape.Scalar<>("secret", Shape.Schema.text(), UserKeys::password),
            "The Samba password, as `!secret name`. It travels by standard input and is compared by a salted digest.");

    /** One user. */
    public static final Shape<Fields> SHAPE = Shape.struct("user", UID, GID, GROUPS, SMB_PASSWORD);

    private UserKeys() {}

    /**
     * A Samba password.
     *
     * @param secret what is kept from view
     * @param plain whether it stands in the file for everybody to read
     */
    public record SmbPassword(Secret secret, boolean plain) {}

    private static Parsed<String> groupName(String text) {
        return text.matches("[a-z_][a-z0-9_-]{0,31}") ? Parsed.ok(text) : Parsed.bad("it is not the name of a group");
    }

    /** An empty one lets everybody in, and smbpasswd reads lines. */
    static boolean isNoPassword(String text) {
        return text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    }

    private static Parsed<SmbPassword> password(Literal literal) {
        Secret secret = literal.secret();
        if (secret != null) {
            return Parsed.ok(new SmbPassword(secret, false));
        }
        String text = literal.text();
        if (isNoPassword(text)) {
            return Parsed.bad("a password is not empty and has no control characters");
        }
        return Parsed.ok(new SmbPassword(Secret.of("smb_password", text), true));
    }
}
