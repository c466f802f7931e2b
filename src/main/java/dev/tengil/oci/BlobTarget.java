package dev.tengil.oci;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a blob goes. Keeps count and digest of what is there, so that a transfer can go on where it broke off. */
interface BlobTarget {

    /** Bytes that are there. */
    long have();

    /** Takes more. */
    void take(ByteBuffer bytes) throws IOException;

    /** Forgets what is there; false when it cannot. */
    boolean restart() throws IOException;

    /** {@code sha256:…} of what is there; nothing is taken afterwards. */
    String digest();
}
