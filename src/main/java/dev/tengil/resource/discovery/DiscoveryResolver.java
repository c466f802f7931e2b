package dev.tengil.resource.discovery;

import dev.tengil.model.Address;
import dev.tengil.model.Diagnostic;
import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Located;
import dev.tengil.resource.Need;
import dev.tengil.resource.Place;
import dev.tengil.resource.ResolveContext;
import dev.tengil.resource.Resolved;
import dev.tengil.resource.facts.PathInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns {@code discovery} and the labels of all containers into files. */
public final class DiscoveryResolver {

    private final ResolveContext context;
    private final List<DiscoveryFile> files = new ArrayList<>();
    private final List<Need> needs = new ArrayList<>();

    private DiscoveryResolver(ResolveContext context) {
        this.context = context;
    }

    /**
     * @param discovery null when the file has no such key
     * @param labels those of each container that has some
     */
    public static Resolved<DiscoveryFile> resolve(
            @Nullable Fields discovery, List<Need.OfDiscovery> labels, ResolveContext context) {
        DiscoveryResolver resolver = new DiscoveryResolver(context);
        Fields traefik = discovery == null ? null : discovery.value(DiscoveryKeys.TRAEFIK);
        if (traefik != null) {
            TraefikFile file = new TraefikFile(traefik.value(DiscoveryKeys.DOMAIN), context.diagnostics());
            labels.forEach(file::add);
            resolver.file("traefik", traefik.get(DiscoveryKeys.FILE), file.text(), file.entries());
        }
        Fields homepage = discovery == null ? null : discovery.value(DiscoveryKeys.HOMEPAGE);
        if (homepage != null) {
            HomepageFile file = new HomepageFile(context.diagnostics());
            labels.forEach(file::add);
            resolver.file("homepage", homepage.get(DiscoveryKeys.FILE), file.text(), file.entries());
        }
        return new Resolved<>(resolver.files, resolver.needs);
    }

    private void file(String program, @Nullable Located<HostPath> said, String text, String entries) {
        Place place = said == null ? null : place(said);
        if (said == null || place == null) {
            return;
        }
        HostPath path = said.value();
        Address address = new Address(DiscoveryFile.KIND, program);
        Set<Address> after = new TreeSet<>(Set.of(place.address()));
        if (!path.parent().equals(place.mountpoint())) {
            needs.add(new Need.OfDirectory(address, path.parent(), place.owner(), null, said.span()));
            after.add(new Address("directory", path.parent().value()));
        }
        String whole = DiscoveryKind.firstLine(context.applied().stack()) + text;
        if (files.stream().anyMatch(other -> other.path().equals(path))) {
            refuse(said, path + " is named twice", "Each program reads a file of its own.");
            return;
        }
        files.add(new DiscoveryFile(program, path, place, whole, entries, after, said.span()));
    }

    /** Where it lies; null after saying why it cannot. */
    private @Nullable Place place(Located<HostPath> said) {
        HostPath path = said.value();
        Place place = context.places().holding(path);
        if (place == null || !place.declared() || place.mountpoint().equals(path)) {
            refuse(
                    said,
                    path + " does not lie in a dataset that this file declares",
                    "Declare the dataset that the program's container mounts, and name a file in it.");
            return null;
        }
        for (HostPath here = path; here.isBelow(place.mountpoint()); here = here.parent()) {
            PathInfo info = context.facts().paths().get(here);
            PathInfo.Type wanted = here.equals(path) ? PathInfo.Type.FILE : PathInfo.Type.DIRECTORY;
            if (info != null && info.type() != wanted) {
                refuse(
                        said,
                        here + " is no " + (wanted == PathInfo.Type.FILE ? "file" : "directory"),
                        "Links are not followed there, since whoever uses the dataset can make them.");
                return null;
            }
        }
        return place;
    }

    private void refuse(Located<HostPath> said, String why, String help) {
        context.diagnostics()
                .add(Diagnostic.error("discovery.path", why).at(said.span()).help(help));
    }
}
