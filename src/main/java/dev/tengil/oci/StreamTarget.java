package dev.tengil.oci;

import dev.tengil.oci.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

/** A stream: what went in cannot be taken back. */
final class StreamTarget implements BlobTarget {
    private final OutputStream stream;
    private final MessageDigest sum = Digest.sha256();
    private final AtomicLong have = new AtomicLong();

    StreamTarget(OutputStream stream) {
        this.stream = stream;
    }

    @Override
    public long have() {
        return have.get();
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        stream.write(copy);
        sum.update(copy);
        have.addAndGet(copy.length);
    }

    @Override
    public boolean restart() {
        return have.get() == 0;
    }

    @Override
    public String digest() {
        return Digest.of(sum);
    }
}
