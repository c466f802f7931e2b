package dev.tengil.host.sim.zfs;

import dev.tengil.host.sim.Zdataset;
import dev.tengil.host.sim.Zfs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The native properties: their defaults, who may set them and when, and how a dataset comes by its value (zfsprops(7)). */
public final class ZfsProperties {

    /** When a property may be set. */
    enum Settable {
        /** Always. */
        ANY_TIME,
        /** Only while the dataset is made. */
        AT_CREATION,
        /** Never; it is measured. */
        NEVER
    }

    /**
     * @param initial default as printed with {@code -p}
     * @param inherited whether children take it over
     */
    record Native(String initial, boolean inherited, Settable settable) {}

    private static final Map<String, Native> NATIVE = new LinkedHashMap<>();

    // In the order in which "zfs get all" prints them.
    static {
        measured(
                "type",
                "creation",
                "used",
                "available",
                "referenced",
                "compressratio",
                "mounted",
                "origin",
                "userrefs");
        own("quota", "0");
        own("reservation", "0");
        own("volsize", "0");
        created("volblocksize", "16384");
        taken("recordsize", "131072");
        taken("mountpoint", "");
        taken("sharenfs", "off");
        taken("checksum", "on");
        taken("compression", "on");
        taken("on", "atime", "devices", "exec", "setuid");
        taken("off", "readonly", "zoned");
        taken("snapdir", "hidden");
        taken("aclmode", "discard");
        taken("aclinherit", "restricted");
        measured("createtxg");
        own("canmount", "on");
        taken("xattr", "on");
        taken("copies", "1");
        measured("version");
        created("utf8only", "off");
        created("normalization", "none");
        created("casesensitivity", "sensitive");
        taken("off", "vscan", "nbmand", "sharesmb");
        own("refquota", "0");
        own("refreservation", "0");
        measured("guid");
        taken("all", "primarycache", "secondarycache");
        measured("usedbysnapshots", "usedbydataset", "usedbychildren", "usedbyrefreservation");
        taken("logbias", "latency");
        measured("objsetid");
        taken("dedup", "off");
        taken("mlslabel", "none");
        taken("sync", "standard");
        taken("dnodesize", "legacy");
        measured("refcompressratio", "written", "logicalused", "logicalreferenced");
        taken("volmode", "default");
        own("filesystem_limit", "none");
        own("snapshot_limit", "none");
        NATIVE.put("filesystem_count", new Native("none", false, Settable.NEVER));
        NATIVE.put("snapshot_count", new Native("none", false, Settable.NEVER));
        taken("snapdev", "hidden");
        taken("acltype", "off");
        taken("none", "context", "fscontext", "defcontext", "rootcontext");
        taken("relatime", "on");
        taken("redundant_metadata", "all");
        taken("overlay", "on");
        created("encryption", "off");
        own("keylocation", "none");
        created("keyformat", "none");
        created("pbkdf2iters", "0");
        measured("encryptionroot", "keystatus");
        taken("special_small_blocks", "0");
        taken("prefetch", "all");
        taken("direct", "standard");
        taken("longname", "off");
    }

    /** What a snapshot has of the native properties that are not measured. */
    private static final Set<String> SNAPSHOTS = Set.of(
            "devices",
            "exec",
            "setuid",
            "xattr",
            "utf8only",
            "normalization",
            "casesensitivity",
            "nbmand",
            "primarycache",
            "secondarycache",
            "mlslabel",
            "acltype",
            "context",
            "fscontext",
            "defcontext",
            "rootcontext",
            "volsize");

    /** What a volume has not. */
    private static final Set<String> ONLY_FILE_SYSTEMS = Set.of(
            "quota",
            "refquota",
            "recordsize",
            "mountpoint",
            "canmount",
            "atime",
            "relatime",
            "devices",
            "exec",
            "setuid",
            "zoned",
            "xattr",
            "acltype",
            "aclmode",
            "aclinherit",
            "sharenfs",
            "sharesmb",
            "snapdir",
            "casesensitivity",
            "normalization",
            "utf8only",
            "vscan",
            "nbmand",
            "overlay",
            "dnodesize",
            "filesystem_limit",
            "longname");

    private static final Set<String> ONLY_VOLUMES = Set.of("volsize", "volblocksize");

    private static final Set<String> NOT_SHOWN_AS_INHERITED =
            Set.of("utf8only", "normalization", "casesensitivity", "version", "volblocksize");

    private static final Pattern USER = Pattern.compile("[a-z0-9][a-z0-9:+._-]{0,255}");

    private ZfsProperties() {}

    private static void measured(String... names) {
        for (String name : names) {
            NATIVE.put(name, new Native("-", false, Settable.NEVER));
        }
    }

    private static void own(String name, String initial) {
        NATIVE.put(name, new Native(initial, false, Settable.ANY_TIME));
    }

    private static void taken(String name, String initial) {
        NATIVE.put(name, new Native(initial, true, Settable.ANY_TIME));
    }

    private static void taken(String initial, String first, String second, String... more) {
        taken(first, initial);
        taken(second, initial);
        for (String name : more) {
            taken(name, initial);
        }
    }

    private static void created(String name, String initial) {
        NATIVE.put(name, new Native(initial, false, Settable.AT_CREATION));
    }

    static @Nullable Native known(String property) {
        return NATIVE.get(property);
    }

    static Iterable<String> names() {
        return NATIVE.keySet();
    }

    /** A user property has a colon in its name, and nothing but small letters, digits and a few signs. */
    static boolean isUser(String property) {
        return property.indexOf(':') >= 0 && USER.matcher(property).matches();
    }

    /** The value that a dataset has, and where it comes from. */
    public static Zfs.Value get(Zfs zfs, Zdataset dataset, String property) {
        String name = dataset.name();
        boolean snapshot = dataset.type().equals("snapshot");
        boolean fileSystem = dataset.type().equals("filesystem");
        return switch (property) {
            case "type" -> measuredValue(dataset.type());
            case "creation" -> measuredValue(Long.toString(dataset.created()));
            case "used" -> measuredValue(Long.toString(zfs.used(name)));
            case "referenced" -> measuredValue(Long.toString(referenced(zfs, dataset)));
            case "usedbydataset", "written" -> measuredValue(snapshot ? "-" : Long.toString(dataset.used()));
            case "available" -> measuredValue(snapshot ? "-" : Long.toString(available(zfs, name)));
            case "mounted" -> measuredValue(!fileSystem ? "-" : dataset.mounted() ? "yes" : "no");
            case "guid" -> measuredValue(dataset.guid());
            case "createtxg", "objsetid" -> measuredValue(Long.toString(dataset.created() % 100_000));
            case "usedbysnapshots", "usedbyrefreservation" -> measuredValue(snapshot ? "-" : "0");
            case "usedbychildren" -> measuredValue(snapshot ? "-" : Long.toString(zfs.used(name) - dataset.used()));
            case "logicalused", "logicalreferenced" -> measuredValue(Long.toString(referenced(zfs, dataset)));
            case "version" -> measuredValue("5");
            case "compressratio", "refcompressratio" -> measuredValue("1.00");
            case "mountpoint" -> fileSystem ? mountpoint(zfs, name) : measuredValue("-");
            case "keystatus", "encryption", "keyformat", "pbkdf2iters", "encryptionroot", "keylocation" ->
                Encryption.get(zfs, dataset, property);
            case "origin" -> measuredValue(dataset.properties().getOrDefault("origin", "-"));
            case "userrefs" -> measuredValue(snapshot ? dataset.properties().getOrDefault("userrefs", "0") : "-");
            default ->
                !appliesTo(dataset.type(), property)
                                || (snapshot && known(property) != null && !SNAPSHOTS.contains(property))
                        ? measuredValue("-")
                        : inherited(zfs, dataset, property);
        };
    }

    /** Whether a dataset of this type can have it. */
    static boolean appliesTo(String type, String property) {
        return switch (type) {
            case "volume" -> !ONLY_FILE_SYSTEMS.contains(property);
            case "filesystem" -> !ONLY_VOLUMES.contains(property);
            default -> true;
        };
    }

    static Zfs.Value measuredValue(String value) {
        return new Zfs.Value(value, "-");
    }

    /** A snapshot shows what its dataset holds; the simulated ones never differ. */
    private static long referenced(Zfs zfs, Zdataset dataset) {
        int at = dataset.name().indexOf('@');
        Zdataset of = at < 0 ? dataset : zfs.get(dataset.name().substring(0, at));
        return of == null ? 0 : of.used();
    }

    /** Bytes that this dataset may still take under its pool's size and every quota above it. */
    public static long available(Zfs zfs, String name) {
        long free = Math.max(0, zfs.usable(Zfs.pool(name)) - zfs.reservedBesides(name));
        for (String here = name; ; here = Zfs.parent(here)) {
            Zdataset dataset = zfs.get(here);
            String quota = dataset == null ? null : dataset.properties().get("quota");
            if (quota != null && !quota.equals("0")) {
                free = Math.min(free, Math.max(0, Long.parseLong(quota) - zfs.used(here)));
            }
            if (here.indexOf('/') < 0) {
                return free;
            }
        }
    }

    private static Zfs.Value mountpoint(Zfs zfs, String name) {
        for (String here = name; ; here = Zfs.parent(here)) {
            Zdataset dataset = zfs.get(here);
            String set = dataset == null ? null : dataset.properties().get("mountpoint");
            if (set != null) {
                String below = name.substring(here.length());
                String value = set.startsWith("/") ? (set.equals("/") ? below : set + below) : set;
                return new Zfs.Value(
                        value.isEmpty() ? "/" : value, here.equals(name) ? "local" : "inherited from " + here);
            }
            if (here.indexOf('/') < 0) {
                return new Zfs.Value("/" + name, "default");
            }
        }
    }

    private static Zfs.Value inherited(Zfs zfs, Zdataset dataset, String property) {
        Native known = NATIVE.get(property);
        boolean goesDown = known == null || known.inherited();
        String initial = known == null ? "-" : known.initial();
        for (String here = dataset.name(); ; here = Zfs.parent(here)) {
            Zdataset holder = zfs.get(here);
            boolean itself = here.equals(dataset.name());
            String local = holder == null ? null : holder.properties().get(property);
            if (local != null) {
                boolean quiet = NOT_SHOWN_AS_INHERITED.contains(property);
                return new Zfs.Value(local, quiet ? "-" : itself ? "local" : "inherited from " + here);
            }
            String received = holder == null ? null : holder.received().get(property);
            if (received != null) {
                return new Zfs.Value(received, itself ? "received" : "inherited from " + here);
            }
            if (!goesDown || here.indexOf('/') < 0) {
                boolean none = initial.equals("-")
                        || (NOT_SHOWN_AS_INHERITED.contains(property) && !property.equals("volblocksize"));
                return new Zfs.Value(initial, none ? "-" : "default");
            }
        }
    }
}
