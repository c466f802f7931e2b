package dev.tengil.cli.view;

import com.google.gson.JsonArray;
import dev.tengil.oci.image.Healthcheck;
import dev.tengil.oci.image.ImageConfig;
import dev.tengil.oci.image.Platform;
import dev.tengil.oci.image.RemoteImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** An image for a person to read. A stranger wrote it, so nothing of it reaches the terminal as it is. */
public final class ImageText {

    private static final int LABEL = 15;
    private static final int NARROWEST = 20;

    private final StringBuilder out = new StringBuilder();
    private final int width;

    private ImageText(int columns) {
        this.width = Math.max(NARROWEST, columns - LABEL - 2);
    }

    /** Several lines, none wider than this. */
    public static String of(RemoteImage image, int columns) {
        ImageText text = new ImageText(columns);
        text.out.append(image.reference()).append('\n');
        text.all(image);
        return text.out.toString();
    }

    private void all(RemoteImage image) {
        ImageConfig config = image.config();
        row("digest", image.digest());
        row(
                "architectures",
                String.join(
                        ", ", image.platforms().stream().map(Platform::toString).toList()));
        row(
                "to pull",
                size(image.compressedSize()) + " in " + image.layers().size()
                        + (image.layers().size() == 1 ? " layer" : " layers"));
        row("made", config.created() == null ? "" : config.created().toString().substring(0, 10));
        rows("env", config.env());
        rows("ports", config.ports());
        rows("volumes", config.volumes());
        row("user", config.user().isEmpty() ? "root" : config.user());
        row("entrypoint", words(config.entrypoint()));
        row("command", words(config.command()));
        row("workdir", config.workdir() == null ? "" : config.workdir());
        row("stop signal", config.stopSignal() == null ? "" : config.stopSignal());
        row("health check", config.healthcheck() == null ? "" : health(config.healthcheck()));
        rows(
                "labels",
                config.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList());
    }

    private void row(String label, String value) {
        rows(label, value.isEmpty() ? List.of() : List.of(value));
    }

    private void rows(String label, Collection<String> values) {
        String begin = label;
        for (String value : values) {
            for (String line : Folded.lines(Visible.line(value), width)) {
                out.append("  ")
                        .append(begin)
                        .append(" ".repeat(LABEL - begin.length()))
                        .append(line)
                        .append('\n');
                begin = "";
            }
        }
    }

    private static String words(List<String> argv) {
        if (argv.isEmpty()) {
            return "";
        }
        JsonArray list = new JsonArray();
        argv.forEach(list::add);
        return list.toString();
    }

    private static String health(Healthcheck check) {
        List<String> parts = new ArrayList<>();
        parts.add(
                check.test().getFirst().equals("CMD-SHELL")
                        ? String.join(" ", check.test().subList(1, check.test().size()))
                        : check.test().getFirst().equals("CMD")
                                ? words(check.test().subList(1, check.test().size()))
                                : String.join(" ", check.test()));
        if (check.interval() != null) {
            parts.add("every " + time(check.interval()));
        }
        if (check.timeout() != null) {
            parts.add("waiting " + time(check.timeout()));
        }
        if (check.startPeriod() != null) {
            parts.add("from " + time(check.startPeriod()) + " after the start");
        }
        if (check.retries() > 0) {
            parts.add("ill after " + check.retries() + (check.retries() == 1 ? " failure" : " failures"));
        }
        return String.join("; ", parts);
    }

    private static String time(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? Math.max(1, bytes >> 10) + " KiB"
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
