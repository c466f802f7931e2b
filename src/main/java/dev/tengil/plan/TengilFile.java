package dev.tengil.plan;

import dev.tengil.config.Preamble;
import dev.tengil.model.DatasetName;
import dev.tengil.model.Fields;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import dev.tengil.resource.container.ContainerKeys;
import dev.tengil.resource.dataset.DatasetKeys;
import dev.tengil.resource.discovery.DiscoveryKeys;
import dev.tengil.resource.group.GroupKeys;
import dev.tengil.resource.image.RegistryKeys;
import dev.tengil.resource.nfs.NfsKeys;
import dev.tengil.resource.smb.SmbKeys;
import dev.tengil.resource.user.UserKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole of tengil.yml: the keys of all kinds, put together. */
public final class TengilFile {

    public static final Key<String> STACK = Key.of(
            "stack",
            Scalars.of("name", Shape.Schema.text(), TengilFile::stack),
            "Names this file's property on the host: state, lock and marks are kept per stack. Default: `main`.");
    public static final Key<String> HOST = Key.of(
            "host", Scalars.text(), "Where to act when `--host` does not say: an ssh destination, `local` or `sim`.");
    public static final Key<Fields> DEFAULTS =
            Key.of("defaults", ContainerKeys.DEFAULTS, "What containers get that do not say otherwise.");
    public static final Key<Map<Located<String>, Located<Fields>>> USERS =
            Key.of("users", Shape.mapOf(UserKeys.NAME, UserKeys.SHAPE), "People of the shares.");
    public static final Key<Map<Located<String>, Located<Fields>>> GROUPS =
            Key.of("groups", Shape.mapOf(GroupKeys.NAME, GroupKeys.SHAPE), "Groups of people.");
    public static final Key<Map<Located<String>, Located<Fields>>> CONTAINERS = Key.of(
            "containers",
            Shape.mapOf(ContainerKeys.NAME_FORM, ContainerKeys.SHAPE),
            "Containers that belong to no dataset, and further keys of those that do.");

    /** Consumers, containers and shares of a dataset. */
    static final Key<List<Located<Fields>>> DATASET_CONTAINERS =
            Key.of("containers", Shape.listOf(ContainerKeys.ITEM), "Containers that work on this dataset.");

    static final Key<List<Located<Consumer>>> CONSUMERS =
            Key.of("consumers", Shape.listOf(Consumer.SHAPE), "Another way to say who uses the dataset.");
    static final Key<List<Fields>> SMB = Key.of("smb", SmbKeys.SHAPE, "SMB shares.");
    static final Key<List<Fields>> NFS = Key.of("nfs", NfsKeys.SHAPE, "NFS exports.");
    static final Key<Fields> SHARES =
            Key.of("shares", Shape.struct("shares", SMB, NFS), "What the network sees of it.");
    static final Key<List<Fields>> OLD_SMB =
            Key.of("smb", SmbKeys.SHAPE, "Shares of older files.").oldFor("shares: {smb: …}");
    static final Key<List<Fields>> OLD_NFS =
            Key.of("nfs", NfsKeys.SHAPE, "Exports of older files.").oldFor("shares: {nfs: …}");

    private static final Shape.Scalar<String> DATASET_PATH = Scalars.of(
            "dataset", Shape.Schema.text(), text -> DatasetName.parseNew(text).map(name -> text));
    /** A dataset with everything that hangs on it. */
    public static final Shape.Struct DATASET = new Shape.Struct("dataset", TengilFile::datasetKeys);

    /** Datasets of a pool, or below a dataset. */
    static final Key<Map<Located<String>, Located<Fields>>> DATASETS = Key.of(
            "datasets",
            Shape.mapOf(DATASET_PATH, DATASET),
            "Datasets by name; a name may be a path, and `datasets` nests.");

    private static final Key<String> POOL_TYPE =
            Key.of("type", Scalars.word("zfs"), "Of older files.").oldFor("nothing: every pool is a ZFS pool");
    private static final Key<String> POOL_DESCRIPTION = Key.of("description", Scalars.longText(), "For the reader.");
    static final Key<Map<Located<String>, Located<Fields>>> POOLS = Key.of(
            "pools",
            Shape.mapOf(
                    Scalars.of("pool", Shape.Schema.text(), TengilFile::pool),
                    Shape.struct("pool", DATASETS, POOL_TYPE, POOL_DESCRIPTION)),
            "ZFS pools that exist; tengil never makes or destroys one.");

    private static final Key<String> MODE =
            Key.of("mode", Scalars.word("converged-nas"), "Of older files.").oldFor("nothing: it has no meaning");
    /** The root of every file. */
    public static final Shape.Struct ROOT = Shape.struct(
            "tengil.yml",
            Preamble.VERSION,
            STACK,
            HOST,
            Preamble.VARS,
            Preamble.SECRETS,
            DEFAULTS,
            DatasetKeys.PROFILES,
            GROUPS,
            USERS,
            POOLS,
            CONTAINERS,
            RegistryKeys.REGISTRIES,
            LaterKeys.PACKAGES,
            LaterKeys.PACKAGE_SOURCES,
            DiscoveryKeys.DISCOVERY,
            LaterKeys.MOVED,
            MODE);

    private TengilFile() {}

    private static List<Key<?>> datasetKeys() {
        List<Key<?>> keys = new ArrayList<>(DatasetKeys.ALL);
        keys.addAll(List.of(DATASET_CONTAINERS, CONSUMERS, SHARES, DATASETS, OLD_SMB, OLD_NFS));
        return keys;
    }

    private static Parsed<String> stack(String text) {
        return text.matches("[a-z0-9][a-z0-9-]{0,30}")
                ? Parsed.ok(text)
                : Parsed.bad("a stack is named in lower-case letters, digits and -, at most 31");
    }

    private static Parsed<String> pool(String text) {
        return DatasetName.parseNew(text)
                .then(name -> name.isPoolRoot() ? Parsed.ok(text) : Parsed.bad("a pool's name has no slash"));
    }
}
