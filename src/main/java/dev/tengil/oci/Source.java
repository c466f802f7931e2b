package dev.tengil.oci;

import java.net.URI;

/**
 * A server that repositories are read from: a registry, or the mirror of one.
 *
 * @param host as image names and auth files have it, and as a person is told
 * @param api host and optional port where it answers
 * @param prefix put before the repository; empty for none
 * @param insecure whether plain HTTP will do
 * @param confidence whom its certificate is believed of
 */
record Source(String host, String api, String prefix, boolean insecure, Transport.Confidence confidence) {

    static Source of(Registry registry, String prefix) {
        return new Source(
                registry.host(),
                Registries.api(registry.host()),
                prefix,
                registry.insecure(),
                registry.insecure()
                        ? new Transport.Confidence.Anybody()
                        : registry.ca() == null
                                ? Transport.Confidence.USUAL
                                : new Transport.Confidence.Also(registry.ca()));
    }

    /** Only the insecure server itself may show any certificate; whoever it sends us on to must have a good one. */
    Transport.Confidence confidence(URI uri) {
        return confidence instanceof Transport.Confidence.Anybody && !sameHost(uri)
                ? Transport.Confidence.USUAL
                : confidence;
    }

    /** Whether this address may be asked: encrypted, or on the very host that may speak without. */
    boolean mayAsk(URI uri) {
        return uri.getHost() != null
                && uri.getUserInfo() == null
                && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && insecure && sameHost(uri)));
    }

    private boolean sameHost(URI uri) {
        return uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(URI.create("https://" + api).getHost());
    }
}
