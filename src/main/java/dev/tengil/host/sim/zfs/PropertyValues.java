package dev.tengil.host.sim.zfs;

import dev.tengil.model.Parsed;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values zfs accepts for a property, how it then prints them with {@code -p}, and what it says of others. */
public final class PropertyValues {

    private static final Set<String> SIZES = Set.of(
            "quota",
            "refquota",
            "reservation",
            "refreservation",
            "volsize",
            "recordsize",
            "special_small_blocks",
            "volblocksize");
    private static final Set<String> QUOTAS = Set.of("quota", "refquota");
    private static final Set<String> BLOCKS = Set.of("recordsize");
    private static final Set<String> ON_OFF = Set.of(
            "atime",
            "devices",
            "exec",
            "setuid",
            "readonly",
            "zoned",
            "vscan",
            "nbmand",
            "relatime",
            "overlay",
            "utf8only",
            "longname");
    private static final Pattern NUMBER = Pattern.compile("(\\d+(?:\\.\\d+)?)(.*)");
    private static final Pattern SUFFIX = Pattern.compile("[BKMGTPEZ]?(?:I?B)?", Pattern.CASE_INSENSITIVE);
    private static final String COMPRESSION =
            "on | off | lzjb | gzip | gzip-[1-9] | zle | lz4 | zstd | zstd-[1-19] | zstd-fast | zstd-fast-[1-10,20,30,40,50,60,70,80,90,100,500,1000]";
    private static final Pattern COMPRESSION_VALUE = Pattern.compile(
            "on|off|lzjb|gzip(-[1-9])?|zle|lz4|zstd(-(1?[1-9]|10))?|zstd-fast(-([1-9]|[1-9]0|100|500|1000))?");

    /** Words by property, as zfs lists them in its complaint. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("canmount", "on | off | noauto"),
            Map.entry("acltype", "noacl | off | posixacl | posix | nfsv4"),
            Map.entry("xattr", "on | off | dir | sa"),
            Map.entry("sync", "standard | always | disabled"),
            Map.entry("logbias", "latency | throughput"),
            Map.entry("primarycache", "all | none | metadata"),
            Map.entry("secondarycache", "all | none | metadata"),
            Map.entry("snapdir", "disabled | hidden | visible"),
            Map.entry("aclmode", "discard | groupmask | passthrough | restricted"),
            Map.entry("aclinherit", "discard | noallow | restricted | passthrough | passthrough-x"),
            Map.entry("dnodesize", "legacy | auto | 1k | 2k | 4k | 8k | 16k"),
            Map.entry("copies", "1 | 2 | 3"),
            Map.entry("redundant_metadata", "all | most | some | none"),
            Map.entry("casesensitivity", "sensitive | insensitive | mixed"),
            Map.entry("normalization", "none | formC | formD | formKC | formKD"),
            Map.entry("checksum", "on | off | fletcher2 | fletcher4 | sha256 | sha512 | skein | edonr | blake3"),
            Map.entry(
                    "dedup",
                    "on | off | verify | sha256[,verify] | sha512[,verify] | skein[,verify] | edonr,verify | blake3[,verify]"),
            Map.entry(
                    "encryption",
                    "on | off | aes-128-ccm | aes-192-ccm | aes-256-ccm | aes-128-gcm | aes-192-gcm | aes-256-gcm"),
            Map.entry("prefetch", "none | metadata | all"),
            Map.entry("direct", "disabled | standard | always"));

    /** What reads back differently from how it was set. */
    private static final Map<String, String> READS_BACK =
            Map.of("acltype=posixacl", "posix", "acltype=noacl", "off", "xattr=sa", "on");

    private PropertyValues() {}

    /** The value as it will be printed; or the end of zfs's complaint. */
    public static Parsed<String> read(String property, String value) {
        if (ZfsProperties.isUser(property)) {
            return value.length() > 8191 ? Parsed.bad("property value too long") : Parsed.ok(value);
        }
        if (SIZES.contains(property)) {
            return size(property, value);
        }
        if (property.equals("compression")) {
            return COMPRESSION_VALUE.matcher(value).matches() ? Parsed.ok(value) : oneOf(property, COMPRESSION);
        }
        if (property.equals("mountpoint")) {
            return value.startsWith("/") || value.equals("none") || value.equals("legacy")
                    ? Parsed.ok(value)
                    : Parsed.bad("'mountpoint' must be an absolute path, 'none', or 'legacy'");
        }
        String words = ON_OFF.contains(property) ? "on | off" : WORDS.get(property);
        if (words != null) {
            for (String word : words.split(" \\| ", -1)) {
                if (word.replaceAll("\\[.*]", "").equals(value)) {
                    return Parsed.ok(READS_BACK.getOrDefault(property + "=" + value, value));
                }
            }
            return oneOf(property, words);
        }
        return Parsed.ok(value);
    }

    private static Parsed<String> oneOf(String property, String words) {
        return Parsed.bad("'" + property + "' must be one of '" + words + "'");
    }

    private static Parsed<String> size(String property, String value) {
        if (value.equals("none")) {
            return Parsed.ok("0");
        }
        if (QUOTAS.contains(property) && value.equals("0")) {
            return Parsed.bad("use 'none' to disable quota/refquota");
        }
        Matcher number = NUMBER.matcher(value);
        if (!number.matches()) {
            return Parsed.bad("bad numeric value '" + value + "'");
        }
        String suffix = number.group(2);
        if (!SUFFIX.matcher(suffix).matches()) {
            return Parsed.bad("invalid numeric suffix '" + suffix + "'");
        }
        String unit = suffix.isEmpty() ? "B" : suffix.substring(0, 1).toUpperCase(Locale.ROOT);
        int power = "BKMGTPEZ".indexOf(unit);
        double bytes = Double.parseDouble(number.group(1)) * Math.pow(1024, power);
        if (bytes >= Long.MAX_VALUE) {
            return Parsed.bad("numeric value is too large");
        }
        long whole = (long) bytes;
        if (BLOCKS.contains(property) && (Long.bitCount(whole) != 1 || whole < 512 || whole > 16L << 20)) {
            return Parsed.bad("'" + property + "' must be power of 2 from 512B to 16M");
        }
        return Parsed.ok(Long.toString(whole));
    }
}
