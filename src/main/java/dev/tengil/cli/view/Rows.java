package dev.tengil.cli.view;

import dev.tengil.model.Address;
import dev.tengil.resource.Step;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The live rows of running steps at the bottom of a terminal: never more than fit, redrawn around every finished line. */
public final class Rows {

    private static final int MOST = 6;

    /** A row that is longer than the window would become two, and then be taken for one. */
    private static final String CUT_OFF = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    /** How much a window shows. */
    public record Window(int columns, int lines) {}

    private final PrintStream out;
    private final Supplier<Window> window;
    private final boolean live;
    private final Map<Address, String> running = new LinkedHashMap<>();
    private int drawn;

    private Rows(PrintStream out, Supplier<Window> window, boolean live) {
        this.out = out;
        this.window = window;
        this.live = live;
    }

    /**
     * For a terminal.
     *
     * @param window its size at this moment: people resize it
     */
    public static Rows on(PrintStream out, Supplier<Window> window) {
        return new Rows(out, window, true);
    }

    /** Draws nothing. */
    public static Rows none() {
        return new Rows(System.out, () -> new Window(0, 0), false);
    }

    boolean live() {
        return live;
    }

    void begin(Step step) {
        running.put(step.address(), "");
        redraw();
    }

    void now(Step step, String doing) {
        running.computeIfPresent(step.address(), (address, before) -> doing);
        redraw();
    }

    void end(Step step) {
        erase();
        running.remove(step.address());
    }

    private void redraw() {
        erase();
        draw();
    }

    void erase() {
        if (drawn > 0) {
            out.print("\r\033[" + drawn + "A\033[J");
            out.flush();
            drawn = 0;
        }
    }

    void draw() {
        if (!live || running.isEmpty()) {
            return;
        }
        Window room = window.get();
        // The cursor stands on a line of its own below them; and what is erased up to the top, some terminals keep as
        // history.
        int most = Math.min(MOST + 1, room.lines() - 2);
        int shown = running.size() <= Math.min(MOST, most) ? running.size() : most - 1;
        if (most < 1) {
            return;
        }
        StringBuilder text = new StringBuilder(CUT_OFF);
        running.entrySet().stream().limit(shown).forEach(row -> {
            String line = "  … " + Visible.line(row.getKey().toString())
                    + (row.getValue().isEmpty() ? "" : "  " + row.getValue());
            text.append(
                            line.length() > room.columns()
                                    ? line.substring(0, Math.max(0, room.columns() - 1)) + "…"
                                    : line)
                    .append('\n');
        });
        if (running.size() > shown) {
            text.append("  … and ").append(running.size() - shown).append(" more\n");
        }
        drawn = Math.min(running.size(), shown + 1);
        out.print(text.append(WRAP));
        out.flush();
    }
}
