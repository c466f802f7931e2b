package dev.tengil.resource.discovery;

import dev.tengil.model.Fields;
import dev.tengil.model.HostPath;
import dev.tengil.model.Key;
import dev.tengil.model.Located;
import dev.tengil.model.Parsed;
import dev.tengil.model.Scalars;
import dev.tengil.model.Shape;

/** The keys of {@code discovery}. */
public final class DiscoveryKeys {

    public static final Key<HostPath> FILE = Key.of(
            "file",
            Scalars.path(),
            "The file that tengil writes, whole and alone; it lies in a dataset that this file declares.");
    static final Key<String> DOMAIN = Key.of(
            "domain",
            Scalars.of(
                    "domain",
                    Shape.Schema.text(),
                    text -> text.matches("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
                            ? Parsed.ok(text)
                            : Parsed.bad("write a domain like home.lan")),
            "What stands behind a container's name where a router has no rule: Host(`NAME.home.lan`).");
    public static final Key<Fields> TRAEFIK = Key.of(
            "traefik",
            Shape.struct("traefik", FILE, DOMAIN).refine(DiscoveryKeys::whole),
            "`traefik.*` labels become a dynamic configuration for Traefik's file provider.");
    public static final Key<Fields> HOMEPAGE = Key.of(
            "homepage",
            Shape.struct("homepage", FILE).refine(DiscoveryKeys::whole),
            "`homepage.*` labels become a services file of Homepage.");

    /** {@code discovery}. */
    public static final Key<Fields> DISCOVERY = Key.of(
            "discovery",
            Shape.struct("discovery", TRAEFIK, HOMEPAGE),
            "Where files for programs are written that find services by the labels of containers.");

    private DiscoveryKeys() {}

    private static Parsed<Fields> whole(Located<Fields> entry) {
        return entry.value().has(FILE) ? Parsed.ok(entry.value()) : Parsed.bad("say which file: {file: /tank/…}");
    }
}
