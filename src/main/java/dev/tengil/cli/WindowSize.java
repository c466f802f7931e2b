package dev.tengil.cli;

import dev.tengil.cli.view.Rows.Window;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How large the window of the terminal is: asked again now and then while something is drawn in it, since Java cannot be told of a change. */
final class WindowSize implements Supplier<Window> {

    /** Of a terminal that does not say. */
    static final Window USUAL = new Window(80, 24);

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Window last;
    private long asked = System.nanoTime() - GOOD_FOR.toNanos();

    WindowSize(Window first) {
        this.last = first;
    }

    @Override
    public synchronized Window get() {
        if (System.nanoTime() - asked >= GOOD_FOR.toNanos()) {
            Window now = ask();
            last = now == null ? last : now;
            asked = System.nanoTime();
        }
        return last;
    }

    /** What {@code stty size} says: lines and columns; null when that is no size. */
    static @Nullable Window parse(@Nullable String text) {
        if (text == null || !text.strip().matches("\\d{1,4} [1-9]\\d{0,3}")) {
            return null;
        }
        String[] words = text.strip().split(" ", -1);
        int lines = Integer.parseInt(words[0]);
        return lines == 0 ? null : new Window(Integer.parseInt(words[1]), lines);
    }

    private static @Nullable Window ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return null;
            }
            return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
