package dev.tengil.host.sim.pve.guest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a task (pve-common UPID.pm).
 *
 * @param pstart the worker's start in clock ticks since boot
 * @param starttime seconds since 1970
 * @param type for example {@code vzcreate}
 * @param id what it works on, may be empty
 */
public record Upid(String node, long pid, long pstart, long starttime, String type, String id, String user) {

    private static final Pattern TEXT = Pattern.compile(
            "UPID:([a-zA-Z0-9-]+):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\\s]+):([^:\\s]*):([^:\\s]+):");

    /** The UPID that the text is, or null. */
    public static @Nullable Upid parse(String text) {
        Matcher match = TEXT.matcher(text);
        return match.matches()
                ? new Upid(
                        match.group(1),
                        Long.parseLong(match.group(2), 16),
                        Long.parseLong(match.group(3), 16),
                        Long.parseLong(match.group(4), 16),
                        match.group(5),
                        match.group(6),
                        match.group(7))
                : null;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "UPID:%s:%08X:%08X:%08X:%s:%s:%s:", node, pid, pstart, starttime, type, id, user);
    }
}
