package dev.tengil.cli.view;

import dev.tengil.apply.Event;
import dev.tengil.resource.PullSize;
import java.util.Locale;

/** How far a pull is: {@code 3 of 7 layers, 120 of 480 MB}. */
final class PullText {

    private static final double MEGABYTE = 1_000_000;

    private PullText() {}

    static String of(Event.Pulling pulling) {
        PullSize all = pulling.of();
        if (all == null) {
            return megabytes(pulling.bytes()) + " MB";
        }
        // When everything is there skopeo writes it once more, into the archive.
        if (pulling.bytes() > all.bytes()) {
            return "all " + all.layers() + " layers, " + megabytes(all.bytes()) + " MB, packing";
        }
        // The config is a blob too.
        return Math.min(pulling.layers(), all.layers()) + " of " + all.layers() + " layers, "
                + megabytes(pulling.bytes()) + " of " + megabytes(all.bytes()) + " MB";
    }

    private static String megabytes(long bytes) {
        return bytes < MEGABYTE
                ? String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE)
                : Long.toString(Math.round(bytes / MEGABYTE));
    }
}
