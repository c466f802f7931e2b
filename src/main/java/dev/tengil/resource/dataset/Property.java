package dev.tengil.resource.dataset;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Nearest;
import dev.tengil.model.Parsed;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A property's value in the one form in which two that mean the same are equal: sizes in bytes, on and off, aliases resolved
 * ({@code posixacl} reads back as {@code posix}, {@code xattr=sa} as {@code on}, {@code none} as 0 for sizes).
 *
 * @param canonical as {@code zfs get -p} prints it
 * @param shown as a person writes it
 */
record Property(String canonical, String shown) {

    /** What a property's value looks like. */
    private enum Sort {
        SIZE,
        BLOCK,
        ON_OFF,
        WORD,
        ANY
    }

    private static final Set<String> SIZES =
            Set.of("quota", "refquota", "reservation", "refreservation", "special_small_blocks");
    private static final Set<String> ON_OFF =
            Set.of("atime", "relatime", "devices", "exec", "setuid", "readonly", "nbmand", "vscan", "overlay", "zoned");
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("canmount", Set.of("on", "off", "noauto")),
            Map.entry("acltype", Set.of("off", "posix", "nfsv4")),
            Map.entry("xattr", Set.of("on", "off", "dir")),
            Map.entry("sync", Set.of("standard", "always", "disabled")),
            Map.entry("logbias", Set.of("latency", "throughput")),
            Map.entry("primarycache", Set.of("all", "none", "metadata")),
            Map.entry("secondarycache", Set.of("all", "none", "metadata")),
            Map.entry("snapdir", Set.of("disabled", "hidden", "visible")),
            Map.entry("aclmode", Set.of("discard", "groupmask", "passthrough", "restricted")),
            Map.entry("aclinherit", Set.of("discard", "noallow", "restricted", "passthrough", "passthrough-x")),
            Map.entry("dnodesize", Set.of("legacy", "auto", "1k", "2k", "4k", "8k", "16k")),
            Map.entry("copies", Set.of("1", "2", "3")),
            Map.entry("redundant_metadata", Set.of("all", "most", "some", "none")),
            Map.entry("prefetch", Set.of("all", "metadata", "none")),
            Map.entry("snapdev", Set.of("hidden", "visible")),
            Map.entry("volmode", Set.of("default", "full", "geom", "dev", "none")),
            Map.entry("direct", Set.of("standard", "always", "disabled")));
    /** What the others take, and how that is said (zfsprops(7)). */
    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry(
                    "compression",
                    new Form(
                            "on|off|lzjb|zle|lz4|gzip(-[1-9])?|zstd(-(1?[1-9]|10))?|zstd-fast(-([1-9]|[1-9]0|100|500|1000))?",
                            "on, off, lz4, zstd, zstd-1 to zstd-19, zstd-fast, gzip, gzip-1 to gzip-9, zle or lzjb")),
            Map.entry(
                    "checksum",
                    new Form(
                            "on|off|fletcher2|fletcher4|sha256|noparity|sha512|skein|edonr|blake3",
                            "on, off, fletcher4, sha256, sha512, skein, edonr or blake3")),
            Map.entry(
                    "dedup",
                    new Form(
                            "on|off|verify|(sha256|sha512|skein|blake3)(,verify)?|edonr,verify",
                            "off, on, verify, or sha256, sha512, skein or blake3, perhaps with ,verify")),
            Map.entry("filesystem_limit", new Form("none|\\d{1,18}", "a number or none")),
            Map.entry("snapshot_limit", new Form("none|\\d{1,18}", "a number or none")),
            Map.entry("casesensitivity", new Form("sensitive|insensitive|mixed", "sensitive, insensitive or mixed")),
            Map.entry("normalization", new Form("none|formK?[CD]", "none, formC, formD, formKC or formKD")),
            Map.entry("utf8only", new Form("on|off", "on or off")),
            Map.entry(
                    "encryption",
                    new Form("on|off|aes-(128|192|256)-[cg]cm", "on, off, aes-256-gcm or another aes-…-gcm or -ccm")),
            Map.entry("keyformat", new Form("raw|hex|passphrase", "raw, hex or passphrase")),
            Map.entry("pbkdf2iters", new Form("\\d{6,18}", "a number from 100000")),
            Map.entry("context", Form.SOME),
            Map.entry("fscontext", Form.SOME),
            Map.entry("defcontext", Form.SOME),
            Map.entry("rootcontext", Form.SOME),
            Map.entry("mlslabel", Form.SOME));

    /** The pattern of a value, and its description for a person. */
    private record Form(String pattern, String words) {
        static final Form SOME = new Form(".*\\S.*", "some text");
    }

    private static final Map<String, String> ALIASES =
            Map.of("acltype=posixacl", "posix", "acltype=noacl", "off", "xattr=sa", "on");
    private static final Set<String> AT_CREATION =
            Set.of("casesensitivity", "normalization", "utf8only", "encryption", "keyformat", "pbkdf2iters");
    private static final Set<String> OF_VOLUMES = Set.of("volblocksize", "volsize");
    private static final Set<String> NOT_OURS =
            Set.of("mountpoint", "sharesmb", "sharenfs", "keylocation", "mounted", "type", "guid", "used", "available");
    private static final long LARGEST_BLOCK = 16L << 20;

    /** Whether it can only be given while a dataset is made. */
    static boolean onlyAtCreation(String name) {
        return AT_CREATION.contains(name);
    }

    /** Whether it is a limit, which {@code zfs inherit} does not take and {@code none} clears. */
    static boolean isLimit(String name) {
        return name.endsWith("quota") || name.endsWith("reservation");
    }

    /** What sets a property back that {@code zfs inherit} does not take; null for all others (zfsprops(7)). */
    static @Nullable String cleared(String name) {
        return name.equals("canmount") ? "on" : isLimit(name) || name.endsWith("_limit") ? "none" : null;
    }

    /** Reads a value as the property wants it. */
    static Parsed<Property> read(String name, String text) {
        if (text.length() > 1024 || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return Parsed.bad("the value of a property has no control characters and at most 1024 others");
        }
        if (name.indexOf(':') > 0) {
            return name.startsWith("tengil:")
                    ? Parsed.bad("properties that begin with tengil: are tengil's own")
                    : name.matches("[a-z0-9_][a-z0-9_.-]*:[a-z0-9_.:-]+")
                            ? plain(text)
                            : Parsed.bad(
                                    "a user property's name has lower-case letters, digits and . _ - around a colon, and begins"
                                            + " with a letter, a digit or _");
        }
        if (NOT_OURS.contains(name)) {
            return Parsed.bad(
                    switch (name) {
                        case "mountpoint" -> "write mountpoint: beside zfs:, not inside";
                        case "sharesmb", "sharenfs" -> "shares are described under shares:";
                        default -> "it cannot be set";
                    });
        }
        if (OF_VOLUMES.contains(name)) {
            return Parsed.bad(name + " is a property of volumes, and a dataset here is a file system");
        }
        Form form = FORMS.get(name);
        if (form != null) {
            String value = switched(text);
            return value.matches(form.pattern())
                    ? Parsed.ok(new Property(ALIASES.getOrDefault(name + "=" + value, value), value))
                    : Parsed.bad(name + " is " + form.words());
        }
        return switch (sort(name)) {
            case SIZE ->
                text.equals("none")
                        ? Parsed.ok(new Property("0", "none"))
                        : ByteSize.parse(text, 'B')
                                .map(size -> new Property(
                                        Long.toString(size.bytes()), size.bytes() == 0 ? "none" : size.shortest()));
            case BLOCK ->
                ByteSize.parse(text, 'B')
                        .then(size ->
                                Long.bitCount(size.bytes()) == 1 && size.bytes() >= 512 && size.bytes() <= LARGEST_BLOCK
                                        ? Parsed.ok(new Property(Long.toString(size.bytes()), size.shortest()))
                                        : Parsed.bad(name + " is a power of two from 512 to 16M"));
            case ON_OFF ->
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "on", "yes", "true" -> plain("on");
                    case "off", "no", "false" -> plain("off");
                    default -> Parsed.bad(name + " is on or off");
                };
            case WORD -> word(name, text);
            case ANY -> {
                TreeSet<String> known = new TreeSet<>(WORDS.keySet());
                known.addAll(SIZES);
                known.addAll(ON_OFF);
                known.addAll(FORMS.keySet());
                known.add("recordsize");
                yield Parsed.bad("there is no property \"" + name + "\"" + Nearest.suggestion(name, known));
            }
        };
    }

    private static Sort sort(String name) {
        if (SIZES.contains(name)) {
            return Sort.SIZE;
        }
        if (name.equals("recordsize")) {
            return Sort.BLOCK;
        }
        if (ON_OFF.contains(name)) {
            return Sort.ON_OFF;
        }
        return WORDS.containsKey(name) ? Sort.WORD : Sort.ANY;
    }

    private static Parsed<Property> word(String name, String text) {
        String switched = switched(text);
        String meant = ALIASES.getOrDefault(name + "=" + switched, switched);
        Set<String> words = WORDS.getOrDefault(name, Set.of());
        return words.contains(meant)
                ? Parsed.ok(new Property(meant, switched))
                : Parsed.bad(name + " is one of " + String.join(", ", new TreeSet<>(words))
                        + Nearest.suggestion(text, words));
    }

    /** ZFS says on and off where people say yes and true. */
    private static String switched(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> "on";
            case "no", "false" -> "off";
            default -> text;
        };
    }

    private static Parsed<Property> plain(String text) {
        return Parsed.ok(new Property(text, text));
    }

    /** A canonical value as a person writes it. */
    static String shown(String name, String canonical) {
        boolean size = SIZES.contains(name) || name.equals("recordsize");
        if (size && canonical.matches("\\d{1,18}")) {
            return canonical.equals("0") && isLimit(name) ? "none" : new ByteSize(Long.parseLong(canonical)).shortest();
        }
        return canonical;
    }
}
