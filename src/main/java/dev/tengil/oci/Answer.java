package dev.tengil.oci;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server answered to one request. */
final class Answer {
    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /**
     * @param uri that was asked
     * @param body empty when it went into a {@link Sink}; not copied
     */
    Answer(URI uri, int status, HttpHeaders headers, byte[] body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    URI uri() {
        return uri;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    byte[] body() {
        return body;
    }
}
