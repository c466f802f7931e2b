package dev.tengil.resource.dataset;

import dev.tengil.model.ByteSize;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of a dataset that concern the dataset itself; what hangs on it (containers, shares) is put beside them elsewhere. */
public final class DatasetKeys {

    private static final Shape.Scalar<String> PROPERTY_NAME = Scalars.of("property", Shape.Schema.text(), Parsed::ok);
    private static final Shape.Scalar<String> PROPERTY_VALUE =
            Scalars.of("value", new Shape.Schema(List.of("string", "number", "boolean"), "", List.of()), Parsed::ok);

    public static final Key<String> PROFILE = Key.of(
            "profile",
            Scalars.text(),
            "A set of properties for one use: `media`, `photos`, `documents`, `backups`, `appdata`, `database`… or one of `profiles:`.");
    public static final Key<Map<Located<String>, Located<String>>> ZFS = Key.of(
                    "zfs", Shape.mapOf(PROPERTY_NAME, PROPERTY_VALUE), "ZFS properties; they win over the profile's.")
            .formerly("properties");
    public static final Key<ByteSize> QUOTA =
            Key.of("quota", limit(), "Most that the dataset and all below it may use.");
    public static final Key<ByteSize> REFQUOTA = Key.of("refquota", limit(), "Most that the dataset itself may use.");
    public static final Key<ByteSize> RESERVATION = Key.of("reservation", limit(), "Space kept free for it.");
    public static final Key<HostPath> MOUNTPOINT =
            Key.of("mountpoint", Scalars.path(), "Where it is mounted. Default: below its parent.");
    public static final Key<String> OWNER = Key.of(
            "owner",
            Scalars.text(),
            "Owner on disk, `user[:group]`, names or numbers; set when tengil makes the dataset, later differences are shown.");
    public static final Key<Boolean> OWNER_ENFORCE = Key.of(
            "owner_enforce",
            Scalars.bool(),
            "Set owner, mode and ACL back when somebody changed them. Default: false.");
    public static final Key<Integer> MODE = Key.of("mode", Scalars.mode(), "Permission bits of the top directory.");
    public static final Key<List<Located<String>>> ACL = Key.of(
            "acl",
            Shape.listOf(Scalars.of("ACL entry", Shape.Schema.text(), Acl::parse)),
            "Entries as setfacl takes them, with numbers or `default:` in front.");
    public static final Key<Boolean> PROTECT =
            Key.of("protect", Scalars.bool(), "Refuse to destroy it. Default: true.");
    public static final Key<String> DESCRIPTION = Key.of("description", Scalars.longText(), "For the reader.");
    public static final Key<String> SNAPSHOTS = Key.later(
            "snapshots",
            Shape.either(
                    Scalars.text(), Shape.mapOf(Scalars.text(), PROPERTY_VALUE).refine(map -> Parsed.ok("map"))),
            "Automatic snapshots.");

    /** All of them. */
    public static final List<Key<?>> ALL = List.of(
            PROFILE,
            ZFS,
            QUOTA,
            REFQUOTA,
            RESERVATION,
            MOUNTPOINT,
            OWNER,
            OWNER_ENFORCE,
            MODE,
            ACL,
            PROTECT,
            DESCRIPTION,
            SNAPSHOTS);

    public static final Key<String> EXTENDS =
            Key.of("extends", Scalars.text(), "Another profile, whose properties this one starts with.");

    /** {@code profiles:} at the top level. */
    public static final Key<Map<Located<String>, Located<Fields>>> PROFILES = Key.of(
            "profiles",
            Shape.mapOf(Scalars.text(), Shape.struct("profile", EXTENDS, ZFS)),
            "Own dataset profiles: name → `{extends, zfs}`.");

    private DatasetKeys() {}

    /** Whether zfs knows the property and takes this value. */
    public static boolean isKnown(String property, String value) {
        return Property.read(property, value) instanceof Parsed.Ok<Property>;
    }

    /** The profiles that every file has: properties by profile, as a person reads them. */
    public static SortedMap<String, SortedMap<String, String>> builtInProfiles() {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        Profile.builtIn().forEach((name, profile) -> {
            SortedMap<String, String> shown = new TreeMap<>();
            profile.properties().forEach((property, value) -> shown.put(property, Property.shown(property, value)));
            all.put(name, shown);
        });
        return all;
    }

    private static Shape.Scalar<ByteSize> limit() {
        return Scalars.of(
                "size or none",
                Shape.Schema.textOrNumber(),
                text -> text.equals("none") ? Parsed.ok(new ByteSize(0)) : ByteSize.parse(text, 'B'));
    }
}
