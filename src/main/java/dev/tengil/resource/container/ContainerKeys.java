package dev.tengil.resource.container;

import dev.tengil.model.ByteSize;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.model.Span;
import dev.tengil.model.VmId;
import dev.tengil.resource.Declaration;
import dev.tengil.resource.container.ContainerShapes.EnvEntry;
import dev.tengil.resource.container.ContainerShapes.ImageAsk;
import dev.tengil.resource.container.ContainerShapes.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The keys of a container, and those of {@code defaults}. */
public final class ContainerKeys {
    public static final Shape.Scalar<String> NAME_FORM = ContainerShapes.NAME;

    public static final Key<String> NAME =
            Key.of("name", NAME_FORM, "What the container is called here; also its host name.");
    public static final Key<String> HOSTNAME =
            Key.of("hostname", ContainerShapes.HOSTNAME, "The host name, when it is not the name.");
    public static final Key<VmId> VMID = Key.of(
                    "vmid",
                    Scalars.of("vmid", Shape.Schema.textOrNumber(), VmId::parse),
                    "The number in Proxmox. Without it a free one is chosen in the plan and kept.")
            .formerly("id");
    public static final Key<String> POOL = Key.of("pool", name("resource pool"), "The resource pool to put it into.");
    public static final Key<List<Located<String>>> TAGS =
            Key.of("tags", ContainerShapes.oneOrMore(ContainerShapes.TAG), "Tags; others on the container stay.");
    public static final Key<String> DESCRIPTION =
            Key.of("description", Scalars.longText(), "Shown in Proxmox's web interface.");

    public static final Key<ImageAsk> IMAGE = Key.of(
            "image",
            ContainerShapes.IMAGE,
            "An OCI image, `[registry[:port]/]repository[:tag][@digest]`. Its digest is resolved once and kept.");
    public static final Key<String> REGISTRY =
            Key.of("registry", ContainerShapes.REGISTRY, "The registry of an image that names none.");
    public static final Key<String> TEMPLATE = Key.of(
            "template",
            name("template"),
            "A Proxmox template: `debian-13-standard` (newest matching version) or a full file name. Creation only.");
    public static final Key<String> FALLBACK = Key.of(
            "fallback", Scalars.word("lxc"), "`lxc`: where Proxmox cannot run images, `template` is used instead.");

    public static final Key<Integer> CORES =
            Key.of("cores", Scalars.integer(1, 8192), "Processors.").formerly("cpu");
    public static final Key<String> CPULIMIT =
            Key.of("cpulimit", ContainerShapes.NUMBER, "Limit of processor time, in processors.");
    public static final Key<ByteSize> MEMORY =
            Key.of("memory", Scalars.size('M'), "Memory; a bare number is MiB. Default: 512M.");
    public static final Key<ByteSize> SWAP = Key.of("swap", Scalars.size('M'), "Swap; a bare number is MiB.");
    public static final Key<ByteSize> DISK = Key.of(
                    "disk", ContainerShapes.DISK, "Root disk; a bare number is GiB. Grows, never shrinks. Default: 8G.")
            .formerly("disk_size");
    public static final Key<String> STORAGE = Key.of("storage", name("storage"), "Where the root disk lies.");
    public static final Key<String> TEMPLATE_STORAGE =
            Key.of("template_storage", name("storage"), "Where images and templates are kept.");

    public static final Key<HostPath> MOUNT = Key.of(
                    "mount", MountTarget.shape(), "Where the container sees this dataset.")
            .formerly("path");
    public static final Key<Boolean> READONLY =
            Key.of("readonly", Scalars.bool(), "Whether the container can only read this dataset.");
    public static final Key<List<Located<VolumeSpec>>> VOLUMES =
            Key.of("volumes", Shape.listOf(VolumeSpec.SHAPE), "`SOURCE:TARGET[:ro]`, or the long form.");
    public static final Key<DatasetName> IN = Key.of(
            "in",
            Scalars.of("dataset", Shape.Schema.text(), DatasetName::parseNew),
            "The dataset that holds the named volumes of a container at the top level.");
    public static final Key<List<EnvEntry>> ENV = Key.of(
                    "env", ContainerShapes.env(), "Variables, as a map or a list; merged over the image's own.")
            .formerly("environment");
    public static final Key<List<Located<String>>> ENV_FILE = Key.of(
            "env_file",
            ContainerShapes.oneOrMore(Scalars.text()),
            "Files with `NAME=value` lines, whose values are kept secret; `env` wins.");
    public static final Key<List<String>> ENTRYPOINT =
            Key.of("entrypoint", ContainerShapes.words(), "Replaces the image's entrypoint and drops its command.");
    public static final Key<List<String>> COMMAND =
            Key.of("command", ContainerShapes.words(), "Replaces the image's command.");
    public static final Key<String> USER = Key.of(
            "user",
            Scalars.of(
                    "user",
                    Shape.Schema.textOrNumber(),
                    text -> text.matches("\\d{1,5}(?::\\d{1,5})?")
                            ? Parsed.ok(text)
                            : Parsed.bad("write the numbers UID or UID:GID; names are known only inside the image")),
            "`UID[:GID]` that the program runs as, instead of the image's.");
    public static final Key<HostPath> WORKDIR =
            Key.of("workdir", Scalars.path(), "The directory that the program starts in.");
    public static final Key<List<Located<PortSpec>>> PORTS = Key.of(
            "ports",
            Shape.listOf(PortSpec.SHAPE),
            "What the application listens on: `[HOST:]PORT[/udp]`. Shown as URL; with another HOST the node forwards that port,"
                    + " which needs a static `ip`.");
    public static final Key<SortedMap<String, Located<String>>> LABELS = Key.of(
            "labels",
            ContainerShapes.labels(),
            "Labels, as a map or a list of `NAME=value`. `traefik.*` and `homepage.*` are what `discovery` reads.");
    public static final Key<Fields> NETWORK = Key.of("network", NetworkKeys.SHAPE, "The interface eth0.");

    public static final Key<List<Located<String>>> DEVICES = Key.of(
            "devices",
            Shape.listOf(Scalars.of(
                    "device",
                    Shape.Schema.text(),
                    text -> text.matches("/dev/[A-Za-z0-9_./:+-]*[A-Za-z0-9_]")
                                    && !text.matches(".*/\\.{1,2}(?:/.*)?|.*//.*")
                            ? Parsed.ok(text)
                            : Parsed.bad("write the path of a device, like /dev/ttyUSB0"))),
            "Devices of the host that the container may use. Names under `/dev/…/by-id` stay right when numbers change; a graphics card is followed by its PCI address.");
    public static final Key<String> GPU =
            Key.of("gpu", ContainerShapes.GPU, "Passes graphics cards through: all of them, or those of one maker.");
    public static final Key<SortedMap<String, String>> FEATURES =
            Key.of("features", ContainerShapes.features(), "LXC features: nesting, keyctl, fuse, mknod, mount.");
    public static final Key<Boolean> PRIVILEGED =
            Key.of("privileged", Scalars.bool(), "Root in the container is root on the host. Refused for images.");
    public static final Key<Boolean> REQUIRES_DOCKER =
            Key.of("requires_docker", Scalars.bool(), "Sets what Docker needs to run inside.");
    public static final Key<List<Located<String>>> POST_INSTALL = Key.of(
            "post_install",
            ContainerShapes.oneOrMore(Scalars.longText()),
            "`docker`, `portainer`, commands, or a script file; run once after the first start.");
    static final Key<List<Located<Dependency>>> DEPENDS_ON = Key.of(
            "depends_on",
            Dependency.SHAPE,
            "Containers that must be started before, also when the host boots; as a mapping `NAME: {condition: healthy}`, and be healthy.");
    public static final Key<Startup> STARTUP =
            Key.of("startup", ContainerShapes.startup(), "Order when the host boots: a number, or {order, up, down}.");
    public static final Key<Boolean> ONBOOT =
            Key.of("onboot", Scalars.bool(), "Whether it starts with the host. Default: true.");
    public static final Key<String> STATE = Key.of(
            "state",
            Scalars.word("running", "stopped"),
            "Enforced when given. Without it: started once after creation, then left as the user left it.");
    public static final Key<Boolean> PROTECT =
            Key.of("protect", Scalars.bool(), "`false` lets it be destroyed once it left the file. Default: true.");
    public static final Key<String> NODE = Key.of("node", name("node"), "The node that it lives on.");
    public static final Key<String> TIMEZONE = Key.of("timezone", timezoneName(), "`host`, `UTC` or a zone's name.");

    static final Key<String> RESTART = Key.of(
            "restart",
            Scalars.of(
                    "always, no",
                    new Shape.Schema(List.of("string"), "", List.of("always", "no", "unless-stopped")),
                    text -> switch (text) {
                        case "always", "unless-stopped" -> Parsed.ok("always");
                        case "no" -> Parsed.ok("no");
                        case "on-failure" ->
                            Parsed.bad("LXC does not tell whether the program failed, so it is always or no");
                        default -> Parsed.bad("it is always or no");
                    }),
            "`always`: started again, after a while, when its program ends by itself; what somebody stops stays stopped."
                    + " Default: `no`.");

    public static final Key<UpdateRule> UPDATE =
            Key.of("update", UpdateRule.SHAPE, "How far `tg update` goes, and what it does before.");

    /** One container. */
    public static final Shape.Struct SHAPE = new Shape.Struct("container", ContainerKeys::all);

    /** One container of a dataset's list: the mapping, or the short {@code name:/mount[:ro]}. */
    public static final Shape<Fields> ITEM = Shape.either(Scalars.text().refine(ContainerShapes::shortForm), SHAPE);

    /** {@code defaults}. */
    public static final Shape<Fields> DEFAULTS = Shape.struct(
            "defaults",
            NetworkKeys.BRIDGE,
            STORAGE,
            TEMPLATE_STORAGE,
            NetworkKeys.IPV4,
            NetworkKeys.GATEWAY4,
            NetworkKeys.NAMESERVER,
            TIMEZONE,
            ONBOOT,
            NODE,
            TAGS,
            MEMORY,
            CORES,
            DISK);

    private ContainerKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> all = new ArrayList<>(List.of(
                NAME,
                HOSTNAME,
                VMID,
                POOL,
                TAGS,
                DESCRIPTION,
                IMAGE,
                REGISTRY,
                TEMPLATE,
                FALLBACK,
                CORES,
                CPULIMIT,
                MEMORY,
                SWAP,
                DISK,
                STORAGE,
                TEMPLATE_STORAGE,
                MOUNT,
                READONLY,
                VOLUMES,
                IN,
                ENV,
                ENV_FILE,
                ENTRYPOINT,
                COMMAND,
                USER,
                WORKDIR,
                PORTS,
                NETWORK,
                LABELS,
                UPDATE,
                DEVICES,
                GPU,
                FEATURES,
                PRIVILEGED,
                REQUIRES_DOCKER,
                POST_INSTALL,
                DEPENDS_ON,
                STARTUP,
                ONBOOT,
                STATE,
                PROTECT,
                NODE,
                TIMEZONE,
                OldContainerKeys.TYPE,
                OldContainerKeys.AUTO_CREATE,
                OldContainerKeys.BACKEND,
                OldContainerKeys.OCI,
                OldContainerKeys.RESOURCES,
                OldContainerKeys.MOUNTS));
        all.addAll(all.indexOf(NETWORK) + 1, List.of(HealthKeys.HEALTH, RESTART));
        return all;
    }

    /** The declaration that {@code consumers: [{type: container}]} means, mounting the dataset where it says. */
    public static Parsed<Declaration> consumer(
            Located<String> name, Located<HostPath> mount, boolean write, DatasetName dataset, Span span) {
        return ContainerShapes.name(name.value())
                .then(_ -> MountTarget.check(mount.value()))
                .map(_ -> new Declaration(
                        name.value(),
                        Fields.builder(span)
                                .put(NAME, name.span(), name)
                                .put(MOUNT, span, mount)
                                .put(READONLY, span, new Located<>(!write, span))
                                .build(),
                        dataset,
                        span));
    }

    private static Shape.Scalar<String> name(String what) {
        return Scalars.of(
                what,
                Shape.Schema.text(),
                text -> text.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")
                        ? Parsed.ok(text)
                        : Parsed.bad("\"" + text + "\" is not the name of a " + what));
    }

    private static Shape.Scalar<String> timezoneName() {
        return Scalars.of(
                "time zone",
                Shape.Schema.text(),
                text -> text.matches("[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")
                        ? Parsed.ok(text)
                        : Parsed.bad("write host, UTC or a zone like Europe/Berlin"));
    }
}
