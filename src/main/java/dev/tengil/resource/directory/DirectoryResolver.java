package dev.tengil.resource.directory;

import dev.tengil.model.HostPath;
import dev.tengil.resource.Need;
import dev.tengil.resource.Place;
import dev.tengil.resource.Places;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns needs into directories, with those above them up to the dataset. The first need that names an owner decides. */
public final class DirectoryResolver {

    private DirectoryResolver() {}

    public static List<Directory> resolve(Collection<Need.OfDirectory> needs, Places places) {
        SortedMap<HostPath, Directory> directories = new TreeMap<>();
        for (Need.OfDirectory need : needs) {
            Place place = places.holding(need.path());
            if (place == null) {
                continue;
            }
            for (HostPath path = need.path(); path.isBelow(place.mountpoint()); path = path.parent()) {
                Directory before = directories.get(path);
                boolean itself = path.equals(need.path());
                if (before == null || (before.owner() == null && need.owner() != null)) {
                    directories.put(
                            path,
                            new Directory(
                                    path,
                                    place.dataset(),
                                    place.mountpoint(),
                                    need.owner(),
                                    itself ? need.mode() : null,
                                    need.span()));
                }
            }
        }
        return List.copyOf(directories.values());
    }
}
