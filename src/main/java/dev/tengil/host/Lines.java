package dev.tengil.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a byte stream into lines as it comes, for whoever watches; a carriage return ends one too, as progress bars use it. */
final class Lines {

    private static final int LONGEST = 64 * 1024;

    private final Consumer<String> watcher;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean returned;

    Lines(Consumer<String> watcher) {
        this.watcher = watcher;
    }

    void feed(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = data[i];
            if (b == '\n') {
                if (!returned) {
                    emit();
                }
            } else if (b == '\r') {
                flush();
            } else if (line.size() < LONGEST) {
                line.write(b);
            }
            returned = b == '\r';
        }
    }

    /** Gives a last line that has no line feed. */
    void flush() {
        if (line.size() > 0) {
            emit();
        }
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        watcher.accept(text);
    }
}
