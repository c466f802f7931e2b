package dev.tengil.resource.group;

import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.resource.AccountName;
import dev.tengil.resource.FreeIds;

/** The keys of one entry of {@code groups}. */
public final class GroupKeys {
    public static final Key<Integer> GID = Key.of(
            "gid",
            Scalars.integer(FreeIds.LOWEST, FreeIds.HIGHEST),
            "The group's id on disk. Without it a free one from 2000 on is chosen in the plan and kept.");

    /** One group. */
    public static final Shape<Fields> SHAPE = Shape.struct("group", GID);

    /** What a group may be called. */
    public static final Shape.Scalar<String> NAME = Scalars.of(
            "account name",
            new Shape.Schema(java.util.List.of("string"), "^[a-z_][a-z0-9_-]{0,31}$", java.util.List.of()),
            text -> AccountName.parse(text).map(AccountName::value));

    private GroupKeys() {}
}
