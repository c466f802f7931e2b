package dev.tengil.resource.container;

import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Literal;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One volume as the file writes it.
 *
 * @param source a name, or a path on the host
 * @param idmap {@code passthrough}, {@code none}, a list of ranges, or null for what tengil works out
 */
public record VolumeSpec(
        String source,
        HostPath target,
        boolean readonly,
        @Nullable String profile,
        @Nullable String idmap,
        boolean children,
        boolean file,
        boolean optional) {
    private static final Key<String> SOURCE =
            Key.of("source", Scalars.text(), "A name, a dataset's mountpoint, or another path on the host.");
    private static final Key<HostPath> TARGET = Key.of("target", MountTarget.shape(), "Where the container sees it.");
    private static final Key<Boolean> READONLY = Key.of("readonly", Scalars.bool(), "Whether it can only be read.");
    private static final Key<String> PROFILE =
            Key.of("profile", Scalars.text(), "The profile of a dataset that is made for this volume.");
    private static final Key<String> IDMAP = Key.of(
            "idmap",
            Scalars.of("idmap", Shape.Schema.text(), IdRanges::checked),
            "`passthrough`, `none`, or ranges like `u:1000:1000:1;g:1000:1000:1`, instead of what tengil works out.");
    private static final Key<Boolean> CHILDREN = Key.of(
            "children", Scalars.bool(), "`false`: declared datasets below the source get no mounts of their own.");
    private static final Key<Boolean> FILE = Key.of("file", Scalars.bool(), "The source is a single file.");
    private static final Key<Boolean> OPTIONAL =
            Key.of("optional", Scalars.bool(), "Left out, with a note, when the source does not exist.");

    private static final Shape.Struct LONG =
            Shape.struct("volume", SOURCE, TARGET, READONLY, PROFILE, IDMAP, CHILDREN, FILE, OPTIONAL);

    /** {@code SOURCE:TARGET[:ro]} or the long form. */
    public static final Shape<VolumeSpec> SHAPE = Shape.either(
            new Shape.Scalar<>("volume", Shape.Schema.text(), VolumeSpec::shortForm),
            LONG.refine(fields -> longForm(fields.value())));

    /** A plain mount, as {@code mount:} and old files ask for it. */
    static VolumeSpec of(String source, HostPath target, boolean readonly) {
        return new VolumeSpec(source, target, readonly, null, null, true, false, false);
    }

    private static Parsed<VolumeSpec> shortForm(Literal literal) {
        if (literal.secret() != null) {
            return Parsed.bad("a secret cannot be used here");
        }
        String text = literal.text();
        boolean readonly = false;
        if (text.endsWith(":ro") || text.endsWith(":rw")) {
            readonly = text.endsWith(":ro");
            text = text.substring(0, text.length() - 3);
        }
        int colon = text.lastIndexOf(":/");
        if (colon < 1) {
            return Parsed.bad("write a volume as SOURCE:TARGET or SOURCE:TARGET:ro, for example data:/data");
        }
        boolean fixed = readonly;
        String source = text.substring(0, colon);
        return MountTarget.parse(text.substring(colon + 1)).then(target -> checked(of(source, target, fixed)));
    }

    private static Parsed<VolumeSpec> longForm(Fields fields) {
        String source = fields.value(SOURCE);
        HostPath target = fields.value(TARGET);
        if (source == null || target == null) {
            return Parsed.bad("a volume needs source and target");
        }
        return checked(new VolumeSpec(
                source,
                target,
                fields.valueOr(READONLY, false),
                fields.value(PROFILE),
                fields.value(IDMAP),
                fields.valueOr(CHILDREN, true),
                fields.valueOr(FILE, false),
                fields.valueOr(OPTIONAL, false)));
    }

    private static Parsed<VolumeSpec> checked(VolumeSpec volume) {
        if (volume.isNamed()) {
            return volume.source().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
                    ? Parsed.ok(volume)
                    : Parsed.bad("\"" + volume.source()
                            + "\" is neither an absolute path nor a name of letters, digits and _ . -");
        }
        return HostPath.parseNew(volume.source()).then(MountTarget::unsplit).map(_ -> volume);
    }

    /** Whether a dataset is made for it. */
    public boolean isNamed() {
        return !source.startsWith("/");
    }

    /** The source as a path; only when it has no name. */
    HostPath path() {
        return HostPath.parse(source).orThrow();
    }
}
