package dev.tengil.resource.container;

import dev.tengil.model.ImageReference;
import dev.tengil.model.Literal;
import dev.tengil.model.Located;
import dev.tengil.resource.Owner;
import dev.tengil.resource.Place;
import dev.tengil.resource.facts.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container sees the ids on disk, chosen once.
 *
 * @param runsAs ids inside the container that its program uses; null when nobody knows them
 */
record IdMode(Mode mode, @Nullable Owner runsAs) {

    /** The three ways. */
    enum Mode {
        /** Listed ids are the same number on both sides. */
        IDMAP,
        /** On disk stands 100000 more. */
        SHIFTED,
        /** A privileged container: all ids are the same. */
        RAW
    }

    private static final String SINCE = "6.1.6";

    static IdMode resolve(Scope scope, boolean privileged, @Nullable ImageReference image) {
        Owner runsAs = runsAs(scope, image);
        String chosen = scope.chosen("id_mode");
        Mode mode = privileged
                ? Mode.RAW
                : "idmap".equals(chosen)
                        ? Mode.IDMAP
                        : "shifted".equals(chosen)
                                ? Mode.SHIFTED
                                : scope.facts().node().atLeast("pve-container", SINCE) ? Mode.IDMAP : Mode.SHIFTED;
        scope.choices.put("id_mode", mode.name().toLowerCase(java.util.Locale.ROOT));
        return new IdMode(mode, runsAs);
    }

    /** PUID says what the program changes to; user and the image's USER say what it starts as. */
    private static @Nullable Owner runsAs(Scope scope, @Nullable ImageReference image) {
        Located<String> user = scope.asked.one(ContainerKeys.USER);
        Integer puid = variable(scope, "PUID");
        Integer pgid = variable(scope, "PGID");
        Owner base = user != null ? numeric(user.value()) : image == null ? null : ofImage(scope, image);
        if (puid == null) {
            return base;
        }
        return new Owner(puid, pgid == null ? puid : pgid);
    }

    private static @Nullable Owner ofImage(Scope scope, ImageReference image) {
        ImageFacts facts = scope.facts().images().get(image);
        if (facts == null) {
            facts = scope.facts()
                    .images()
                    .get(new ImageReference(image.registry(), image.repository(), image.tag(), null));
        }
        String user = facts == null ? scope.chosen("image_user") : facts.user();
        if (user == null) {
            return null;
        }
        scope.choices.put("image_user", user);
        return numeric(user.isEmpty() || user.equals("root") || user.equals("root:root") ? "0:0" : user);
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

    /** Ids on disk of what is made for this container. */
    Owner made() {
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
        for (Owner owner : new Owner[] {place.owner(), runsAs}) {
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
        if (owner == null || runsAs == null || runsAs.uid() == 0) {
            return true;
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
