package dev.tengil.cli.view;

import dev.tengil.model.Address;
import dev.tengil.resource.Step;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The live rows of running steps at the bottom of a terminal: never more than fit, redrawn around every finished line. */
public final class Rows {

    private static final int MOST = 6;

    private final PrintStream out;
    private final int columns;
    private final boolean live;
    private final Map<Address, String> running = new LinkedHashMap<>();
    private int drawn;

    private Rows(PrintStream out, int columns, boolean live) {
        this.out = out;
        this.columns = columns;
        this.live = live;
    }

    /** For a terminal of this width. */
    public static Rows on(PrintStream out, int columns) {
        return new Rows(out, columns, true);
    }

    /** Draws nothing. */
    public static Rows none() {
        return new Rows(System.out, 0, false);
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
            out.print("\033[" + drawn + "A\033[J");
            drawn = 0;
        }
    }

    void draw() {
        if (!live) {
            return;
        }
        int hidden = Math.max(0, running.size() - MOST);
        for (Map.Entry<Address, String> row : running.entrySet()) {
            if (drawn == MOST) {
                break;
            }
            String text = "  … " + row.getKey() + (row.getValue().isEmpty() ? "" : "  " + row.getValue());
            out.println(text.length() > columns - 1 ? text.substring(0, columns - 2) + "…" : text);
            drawn++;
        }
        if (hidden > 0) {
            out.println("  … and " + hidden + " more");
            drawn++;
        }
        out.flush();
    }
}
