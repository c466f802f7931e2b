package dev.tengil.plan;

import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import dev.tengil.resource.container.MountTarget;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a dataset's {@code consumers}: another way to say who uses it.
 *
 * @param mount where a container sees it; null for its usual place, the last part of the dataset's name
 */
record Consumer(
        Type type,
        Located<String> name,
        boolean write,
        @Nullable Located<HostPath> mount,
        Span span) {

    /** What uses it. */
    enum Type {
        CONTAINER,
        SMB,
        NFS,
        USER,
        GROUP
    }

    private static final Key<String> TYPE =
            Key.of("type", Scalars.word("container", "smb", "nfs", "user", "group"), "What uses the dataset.");
    private static final Key<String> NAME = Key.of("name", Scalars.text(), "Its name; for nfs the client.");
    private static final Key<String> ACCESS =
            Key.of("access", Scalars.word("read", "write"), "Whether it may write. Default: read.");
    private static final Key<HostPath> MOUNT = Key.of(
            "mount",
            MountTarget.shape(),
            "Where a container sees it. Default: `/` and the last part of the dataset's name.");

    static final Shape<Consumer> SHAPE =
            Shape.struct("consumer", TYPE, NAME, ACCESS, MOUNT).refine(Consumer::read);

    private static Parsed<Consumer> read(Located<Fields> entry) {
        Fields fields = entry.value();
        if (!fields.has(TYPE) || !fields.has(NAME)) {
            return Parsed.bad("a consumer has a type and a name");
        }
        Type type = switch (fields.valueOr(TYPE, "container")) {
            case "smb" -> Type.SMB;
            case "nfs" -> Type.NFS;
            case "user" -> Type.USER;
            case "group" -> Type.GROUP;
            default -> Type.CONTAINER;
        };
        if (type != Type.CONTAINER && fields.has(MOUNT)) {
            return Parsed.bad("mount: is for type: container; the others see the dataset itself");
        }
        return Parsed.ok(new Consumer(
                type,
                Objects.requireNonNull(fields.get(NAME)),
                fields.valueOr(ACCESS, "read").equals("write"),
                fields.get(MOUNT),
                entry.span()));
    }
}
