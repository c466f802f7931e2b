package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;

/**
 * How a container is updated.
 *
 * @param snapshot whether its data is snapshotted before
 */
public record UpdateRule(Policy policy, boolean snapshot) {

    /** How far an update may go by itself. */
    public enum Policy {
        /** Nowhere: the digest stays until the file names another image. */
        PIN,
        /** To what the tag in the file means now. */
        DIGEST,
        /** To the newest tag that differs in the last number only. */
        PATCH,
        /** To the newest tag with the same first number. */
        MINOR,
        /** To the newest tag. */
        LATEST;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Where the file says nothing. */
    public static final UpdateRule USUAL = new UpdateRule(Policy.DIGEST, true);

    private static final Key<String> POLICY = Key.of(
            "policy",
            Scalars.word("pin", "digest", "patch", "minor", "latest"),
            "How far `tg update` goes: `pin` nowhere, `digest` (default) to what the tag means now, `patch` and `minor` to the"
                    + " newest tag within them, `latest` to the newest of all.");
    private static final Key<Boolean> SNAPSHOT = Key.of(
            "snapshot",
            Scalars.bool(),
            "Whether the datasets that the container writes are snapshotted before. Default: true.");

    static final Shape<UpdateRule> SHAPE =
            Shape.struct("update", POLICY, SNAPSHOT).refine(UpdateRule::read);

    private static Parsed<UpdateRule> read(Located<Fields> entry) {
        Fields fields = entry.value();
        Policy policy = Policy.valueOf(fields.valueOr(POLICY, "digest").toUpperCase(java.util.Locale.ROOT));
        return Parsed.ok(new UpdateRule(policy, fields.valueOr(SNAPSHOT, true)));
    }

    static UpdateRule of(Merged asked) {
        Located<UpdateRule> rule = asked.one(ContainerKeys.UPDATE);
        return rule == null ? USUAL : rule.value();
    }
}
