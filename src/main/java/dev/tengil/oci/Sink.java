package dev.tengil.oci;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;

/** Takes a body piece by piece, for what is too large to be held. */
interface Sink {

    /** The answer begins; throwing ends it. */
    void begin(int status, HttpHeaders headers) throws IOException;

    /** The next piece; throwing ends the transfer. */
    void take(ByteBuffer bytes) throws IOException;
}
