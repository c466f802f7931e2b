package dev.tengil.resource.container;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.resource.container.ContainerShapes.EnvEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spellings of the Python tool's files that are still read. */
final class OldContainerKeys {
    static final Key<String> TYPE =
            Key.of("type", Scalars.word("oci", "lxc"), "What it is made from.").oldFor("image or template");
    static final Key<Boolean> AUTO_CREATE = Key.of(
                    "auto_create", Scalars.bool(), "`false`: the container exists and is only managed.")
            .oldFor("image or template; a container without either exists");
    static final Key<String> BACKEND =
            Key.of("backend", Scalars.text(), "What it is made from.").oldFor("image or template");

    private static final Key<String> OCI_IMAGE = Key.of("image", Scalars.text(), "The repository.");
    private static final Key<String> OCI_TAG = Key.of("tag", Scalars.text(), "The tag.");
    private static final Key<String> OCI_REGISTRY = Key.of("registry", ContainerShapes.REGISTRY, "The registry.");
    static final Key<List<EnvEntry>> OCI_ENV = Key.of("env", ContainerShapes.env(), "Variables.");
    static final Key<Fields> OCI = Key.<Fields>of(
                    "oci", Shape.struct("oci", OCI_IMAGE, OCI_TAG, OCI_REGISTRY, OCI_ENV), "An image, taken apart.")
            .oldFor("image and env");

    static final Key<Integer> R_CORES =
            Key.of("cores", Scalars.integer(1, 8192), "Processors.").formerly("cpu");
    static final Key<ByteSize> R_MEMORY = Key.of("memory", Scalars.size('M'), "Memory.");
    static final Key<ByteSize> R_SWAP = Key.of("swap", Scalars.size('M'), "Swap.");
    static final Key<ByteSize> R_DISK =
            Key.of("disk", ContainerShapes.DISK, "Root disk.").formerly("disk_size");
    static final Key<Fields> RESOURCES = Key.<Fields>of(
                    "resources", Shape.struct("resources", R_CORES, R_MEMORY, R_SWAP, R_DISK), "Sizes.")
            .oldFor("cores, memory, swap and disk beside it");

    private static final Key<HostPath> M_SOURCE = Key.of("source", Scalars.path(), "The path on the host.");
    private static final Key<HostPath> M_TARGET = Key.of("target", MountTarget.shape(), "The path in the container.");
    private static final Key<Boolean> M_READONLY = Key.of("readonly", Scalars.bool(), "Only to be read.");
    static final Key<List<Located<VolumeSpec>>> MOUNTS = Key.of(
                    "mounts",
                    Shape.listOf(Shape.struct("mount", M_SOURCE, M_TARGET, M_READONLY)
                            .refine(fields -> mount(fields.value()))),
                    "Mounts.")
            .oldFor("volumes");

    private OldContainerKeys() {}

    /** The image that {@code oci:} means, as text; null when it names none. */
    static @Nullable String image(Fields oci) {
        String image = oci.value(OCI_IMAGE);
        String registry = oci.value(OCI_REGISTRY);
        String tag = oci.value(OCI_TAG);
        return image == null ? null : (registry == null ? "" : registry + "/") + image + (tag == null ? "" : ":" + tag);
    }

    private static Parsed<VolumeSpec> mount(Fields fields) {
        HostPath source = fields.value(M_SOURCE);
        HostPath target = fields.value(M_TARGET);
        return source == null || target == null
                ? Parsed.bad("a mount needs source and target")
                : MountTarget.unsplit(source)
                        .map(path -> VolumeSpec.of(path.value(), target, fields.valueOr(M_READONLY, false)));
    }
}
