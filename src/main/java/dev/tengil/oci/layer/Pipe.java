package dev.tengil.oci.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands bytes from those who bring them to one who reads them, holding few. Java's own pipe wants one thread at each end that lives as
 * long as the pipe, and an HTTP client brings a body by whatever thread is free.
 */
public final class Pipe {
    private static final int PIECES = 64;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private volatile boolean closed;

    /** Where bytes go in; closing it lets the reader come to an end. */
    public final class In extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                byte[] piece = new byte[length];
                System.arraycopy(bytes, from, piece, 0, length);
                put(piece);
            }
        }

        @Override
        public void close() throws IOException {
            put(END);
        }

        private void put(byte[] piece) throws IOException {
            try {
                while (!closed && !pieces.offer(piece, 1, TimeUnit.SECONDS)) {
                    // until somebody reads, or nobody will
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            if (closed && piece.length > 0) {
                throw new IOException("nobody reads any more");
            }
        }
    }

    /** Where they come out; closing it lets further writing fail. */
    public final class Out extends InputStream {
        private byte[] piece = {};
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            return more() ? piece[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int taken = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, bytes, from, taken);
            at += taken;
            return taken;
        }

        private boolean more() throws IOException {
            if (at == piece.length && !ended) {
                try {
                    piece = pieces.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
                at = 0;
                ended = piece.length == 0;
            }
            return !ended;
        }

        @Override
        public int available() {
            return piece.length - at;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    public In in() {
        return new In();
    }

    public Out out() {
        return new Out();
    }
}
