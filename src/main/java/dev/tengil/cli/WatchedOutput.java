package dev.tengil.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers why it could not be written: PrintStream forgets, and a list cut off by a full disk must not pass for whole. */
final class WatchedOutput extends FilterOutputStream {

    private volatile @Nullable String why;

    WatchedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** The reason of a loss that matters; null when all was written, when a reader like head had enough, and when there is none. */
    @Nullable
    String why() {
        String said = why;
        return said == null || said.contains("Broken pipe") || said.contains("Bad file descriptor") ? null : said;
    }

    private IOException remembered(IOException e) {
        if (why == null) {
            why = String.valueOf(e.getMessage());
        }
        return e;
    }
}
