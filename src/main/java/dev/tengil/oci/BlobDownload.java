package dev.tengil.oci;

import dev.tengil.model.ImageReference;
import dev.tengil.oci.image.Descriptor;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** Brings one blob from one server into a target, going on where a connection broke off for as long as something comes. */
final class BlobDownload {
    private static final int MOST_IN_VAIN = 3;

    private final RegistrySession session;
    private final Ask ask;
    private final String what;
    private final ImageReference image;
    private final Descriptor blob;
    private final BlobTarget target;
    private final LongConsumer progress;

    /** @param progress is told the bytes that are there */
    BlobDownload(
            RegistrySession session, ImageReference image, Descriptor blob, BlobTarget target, LongConsumer progress) {
        this.session = session;
        this.image = image;
        this.blob = blob;
        this.target = target;
        this.progress = progress;
        this.what = "a layer of " + image;
        this.ask = Ask.of("GET", session.source().prefix() + image.repository(), "blobs/" + blob.digest(), List.of());
    }

    /** To the last byte; what then has another digest is refused. */
    void run(Deadline deadline) throws RegistryException {
        boolean whole = target.have() == 0;
        bring(deadline);
        boolean right = target.digest().equals(blob.digest());
        // What was there before may have been of something else.
        if (!right && !whole && restart()) {
            bring(deadline);
            right = target.digest().equals(blob.digest());
        }
        if (!right) {
            restart();
            throw DigestCheck.differs(image, session.source().host());
        }
    }

    private boolean restart() throws RegistryException {
        try {
            return target.restart();
        } catch (IOException e) {
            throw ConnectionFailure.notWritten(e);
        }
    }

    private void bring(Deadline deadline) throws RegistryException {
        int inVain = 0;
        while (target.have() < blob.size()) {
            long before = target.have();
            try {
                transfer(deadline);
            } catch (RegistryException e) {
                boolean broken = e.kind() == RegistryException.Kind.OUT_OF_REACH
                        && !deadline.left().isZero();
                if (!broken || (target.have() <= before && ++inVain >= MOST_IN_VAIN)) {
                    throw e;
                }
            }
            if (target.have() > before) {
                inVain = 0;
            } else if (target.have() < blob.size()) {
                pause(inVain, deadline);
            }
        }
    }

    private void transfer(Deadline deadline) throws RegistryException {
        Ask rest = ask.withRange(target.have() == 0 ? null : "bytes=" + target.have() + "-");
        long before = target.have();
        Answer answer;
        try (Arriving arriving = new Arriving()) {
            answer = session.ask(rest, what, arriving, deadline);
        }
        if (answer.status() != 200 && answer.status() != 206) {
            throw session.refusal(answer, rest, what);
        }
        if (target.have() == before) {
            throw ConnectionFailure.of(answer.uri(), new IOException("nothing came"));
        }
    }

    private static void pause(int inVain, Deadline deadline) throws RegistryException {
        try {
            Thread.sleep(deadline.atMost(Duration.ofMillis(200L << inVain)).left());
        } catch (InterruptedException e) {
            throw RegistryException.interrupted(e);
        }
    }

    /** What arrives in one transfer. A connection that was given up may still bring something, which is then of no interest. */
    private final class Arriving implements Sink, AutoCloseable {
        private long skip;
        private boolean over;

        @Override
        public synchronized void begin(int status, HttpHeaders headers) throws IOException {
            long have = target.have();
            skip = 0;
            if (status == 206) {
                String range = headers.firstValue("Content-Range").orElse("");
                if (!range.startsWith("bytes " + have + "-")) {
                    throw new IOException("another part came than was asked for");
                }
            } else {
                // A server that knows no ranges sends all of it again.
                skip = have;
            }
        }

        @Override
        public synchronized void take(ByteBuffer bytes) throws IOException {
            if (over) {
                throw new IOException("given up");
            }
            if (skip > 0) {
                int less = (int) Math.min(skip, bytes.remaining());
                bytes.position(bytes.position() + less);
                skip -= less;
            }
            if (target.have() + bytes.remaining() > blob.size()) {
                throw new BodyReader.TooLong(Math.clamp(blob.size(), 0, Integer.MAX_VALUE));
            }
            try {
                target.take(bytes);
            } catch (IOException e) {
                throw new LocalFailure(e);
            }
            progress.accept(target.have());
        }

        @Override
        public synchronized void close() {
            over = true;
        }
    }
}
