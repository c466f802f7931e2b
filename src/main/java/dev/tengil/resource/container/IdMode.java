package dev.tengil.resource.container;

import dev.tengil.model.ImageReference;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Place;
import dev.tengil.resource.facts.GuestConf;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container sees the ids on disk, chosen once.
 *
 * @param starts ids inside the container that its program starts with; null when nobody knows them
 * @param changed ids that the program changes to by itself (PUID, PGID); null when it stays what it is
 * @param unknown the user that an image names, whose number stands only inside it; null otherwise
 * @param why it is unknown, as the end of a sentence; empty where nobody looked
 */
record IdMode(
        Mode mode,
        @Nullable Owner starts,
        @Nullable Owner changed,
        @Nullable String unknown,
        String why) {

    /** The three ways. */
    enum Mode {
        /** Listed ids are the same number on both sides. */
        IDMAP,
        /** On disk stands 100000 more. */
        SHIFTED,
        /** A privileged container: all ids are the same. */
        RAW
    }

    /** The choice that keeps the USER of the image. */
    static final String IMAGE_USER = "image_user";

    /** The choice that keeps its number, where that was looked up in the image. */
    static final String IMAGE_USER_IDS = "image_user_ids";

    private static final String SINCE = "6.1.6";

    /** Users that have the same number in every image that has them. */
    private static final Map<String, String> WELL_KNOWN =
            Map.of("", "0:0", "root", "0:0", "root:root", "0:0", "nobody", "65534:65534", "nonroot", "65532:65532");

    static IdMode resolve(Scope scope, boolean privileged, @Nullable ImageReference image) {
        String chosen = scope.chosen("id_mode");
        Mode mode = privileged
                ? Mode.RAW
                : "idmap".equals(chosen)
                        ? Mode.IDMAP
                        : "shifted".equals(chosen)
                                ? Mode.SHIFTED
                                : scope.facts().node().atLeast("pve-container", SINCE) ? Mode.IDMAP : Mode.SHIFTED;
        scope.choices.put("id_mode", mode.name().toLowerCase(java.util.Locale.ROOT));
        refuseIdmaps(scope, mode);
        Located<String> user = image == null && !scope.existing ? null : scope.asked.one(ContainerKeys.USER);
        String ofImage = user != null || image == null ? null : ofImage(scope, image);
        Owner starts = user != null ? numeric(user.value()) : ofImage == null ? null : number(scope, image, ofImage);
        Owner changed = changed(scope);
        String unknown = starts == null && changed == null ? ofImage : null;
        return new IdMode(
                mode, starts, changed, unknown, unknown == null || image == null ? "" : why(scope.image(image)));
    }

    /** What the file asks for and cannot have. */
    private static void refuseIdmaps(Scope scope, Mode mode) {
        for (Located<VolumeSpec> volume : scope.asked.list(ContainerKeys.VOLUMES)) {
            String asked = volume.value().idmap();
            boolean same = asked == null
                    || asked.equals(IdRanges.NONE)
                    || (mode == Mode.RAW && asked.equals(IdRanges.PASSTHROUGH));
            if (mode != Mode.IDMAP && !same) {
                boolean raw = mode == Mode.RAW;
                boolean old = !scope.facts().node().atLeast("pve-container", SINCE);
                scope.error(
                        "container.idmap",
                        "container " + scope.asked.name()
                                + (raw
                                        ? " is privileged and has the host's own ids, so an idmap cannot be had"
                                        : " has all ids shifted by " + Owner.UNPRIVILEGED_OFFSET + ", and no idmap"),
                        volume.span(),
                        raw
                                ? "Take idmap: out, or privileged: true."
                                : old
                                        ? "It needs pve-container " + SINCE + ". Upgrade the host, or take idmap: out."
                                        : "It was made that way, before Proxmox knew idmaps. Take idmap: out.");
            }
        }
    }

    /** What the program writes as, as far as anybody knows. */
    @Nullable
    Owner runsAs() {
        return changed != null ? changed : starts;
    }

    private static @Nullable Owner changed(Scope scope) {
        Integer puid = variable(scope, "PUID");
        Integer pgid = variable(scope, "PGID");
        return puid == null ? null : new Owner(puid, pgid == null ? puid : pgid);
    }

    private static @Nullable String ofImage(Scope scope, ImageReference image) {
        ImageFacts facts = scope.image(image);
        String user = facts == null ? scope.chosen(IMAGE_USER) : facts.config().user();
        if (user != null) {
            scope.choices.put(IMAGE_USER, user);
        }
        return user;
    }

    /** The number of an image's user. Of a name Proxmox looks it up when it unpacks the image, and writes it into the config. */
    private static @Nullable Owner number(Scope scope, @Nullable ImageReference image, String user) {
        Owner known = known(user);
        GuestConf conf = scope.conf();
        boolean same = image != null && String.valueOf(image.digest()).equals(scope.chosen("digest"));
        if (known != null || image == null) {
            return known;
        }
        ImageFacts facts = scope.image(image);
        Owner found = facts != null && facts.user() instanceof Parsed.Ok<Owner>(Owner ids) ? ids : null;
        String chosen = same ? scope.chosen(IMAGE_USER_IDS) : null;
        if (found == null && chosen != null) {
            found = numeric(chosen);
        }
        if (found != null) {
            scope.choices.put(IMAGE_USER_IDS, found.toString());
            return found;
        }
        if (conf == null || !same) {
            return null;
        }
        String uid = conf.rawValue("lxc.init.uid");
        String gid = conf.rawValue("lxc.init.gid");
        return uid == null ? null : numeric(gid == null ? uid : uid + ":" + gid);
    }

    private static String why(@Nullable ImageFacts facts) {
        return facts != null && facts.user() instanceof Parsed.Bad<Owner>(String reason) ? ": " + reason : "";
    }

    /** The number of a user that is the same in every image; null when it stands only inside the image. */
    static @Nullable Owner known(String user) {
        return numeric(WELL_KNOWN.getOrDefault(user, user));
    }

    static @Nullable Owner numeric(String user) {
        if (!user.matches("\\d{1,9}(?::\\d{1,9})?")) {
            return null;
        }
        int colon = user.indexOf(':');
        int uid = Integer.parseInt(colon < 0 ? user : user.substring(0, colon));
        return new Owner(uid, colon < 0 ? uid : Integer.parseInt(user.substring(colon + 1)));
    }

    private static @Nullable Integer variable(Scope scope, String name) {
        for (var declaration : scope.asked.all()) {
            List<ContainerShapes.EnvEntry> env = declaration.fields().value(ContainerKeys.ENV);
            for (ContainerShapes.EnvEntry entry : env == null ? List.<ContainerShapes.EnvEntry>of() : env) {
                Literal value = entry.value();
                if (entry.name().equals(name)
                        && value.secret() == null
                        && value.text().matches("\\d{1,9}")) {
                    return Integer.valueOf(value.text());
                }
            }
        }
        return null;
    }

    /** Whether the container's root is the host's. */
    boolean raw() {
        return mode == Mode.RAW;
    }

    /** For a sentence: who it is that writes. */
    String writer() {
        Owner runsAs = runsAs();
        String who = runsAs == null || runsAs.uid() == 0 ? "root of the container" : runsAs.toString();
        return who + (mode == Mode.SHIFTED ? " (" + made() + " on disk)" : "");
    }

    /** What lets it write. */
    String advice() {
        return (mode == Mode.SHIFTED
                        ? "Say owner: " + made() + " on the dataset"
                        : "Make them the same (user: or PUID/PGID here, owner: on the dataset)")
                + ", or mount it with :ro.";
    }

    /** Ids on disk of what is made for this container. */
    Owner made() {
        Owner runsAs = runsAs();
        Owner owner = runsAs == null ? new Owner(0, 0) : runsAs;
        return switch (mode) {
            case RAW -> owner;
            case SHIFTED -> new Owner(shifted(owner.uid()), shifted(owner.gid()));
            case IDMAP ->
                new Owner(
                        owner.uid() == 0 ? Owner.UNPRIVILEGED_OFFSET : owner.uid(),
                        owner.gid() == 0 ? Owner.UNPRIVILEGED_OFFSET : owner.gid());
        };
    }

    private static int shifted(int id) {
        return id >= Owner.UNPRIVILEGED_OFFSET ? id : id + Owner.UNPRIVILEGED_OFFSET;
    }

    /** The idmap of a mount; null for the container's ordinary map. */
    @Nullable
    String idmap(@Nullable Place place, @Nullable String asked) {
        if (mode != Mode.IDMAP || IdRanges.NONE.equals(asked)) {
            return null;
        }
        if (asked != null) {
            return asked;
        }
        if (place == null) {
            return null;
        }
        List<Integer> uids = new ArrayList<>(place.writers().uids());
        List<Integer> gids = new ArrayList<>(place.writers().gids());
        for (Owner owner : new Owner[] {place.owner(), starts, changed}) {
            if (owner != null) {
                uids.add(owner.uid());
                gids.add(owner.gid());
            }
        }
        String ranges = IdRanges.of(uids, gids);
        return ranges.isEmpty() ? null : ranges;
    }

    /** Whether the program can write what belongs to this owner, as far as anybody can tell. */
    boolean writes(Place place) {
        Owner owner = place.owner();
        if (owner == null) {
            return true;
        }
        Owner runsAs = runsAs();
        if (runsAs == null || runsAs.uid() == 0) {
            // Root writes what belongs to ids that the container has; by the ordinary map it has none below.
            return mode != Mode.SHIFTED
                    || owner.uid() >= Owner.UNPRIVILEGED_OFFSET
                    || owner.gid() >= Owner.UNPRIVILEGED_OFFSET;
        }
        SortedSet<Integer> uids = new TreeSet<>(place.writers().uids());
        SortedSet<Integer> gids = new TreeSet<>(place.writers().gids());
        uids.add(owner.uid());
        gids.add(owner.gid());
        int uid = mode == Mode.SHIFTED ? shifted(runsAs.uid()) : runsAs.uid();
        int gid = mode == Mode.SHIFTED ? shifted(runsAs.gid()) : runsAs.gid();
        return uids.contains(uid) || gids.contains(gid);
    }
}
