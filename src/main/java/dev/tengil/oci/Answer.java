package dev.tengil.oci;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What a server answered to one request.
 *
 * @param uri that was asked last
 * @param body empty when it went into a {@link Sink}
 */
record Answer(URI uri, int status, HttpHeaders headers, byte[] body) {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}
