package dev.tengil.resource.container;

import dev.tengil.model.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The {@code idmap} of a mount: which ids are the same number in the container and on disk (pve-container ≥ 6.1.6). */
final class IdRanges {
    static final String PASSTHROUGH = "passthrough";
    static final String NONE = "none";

    /** Ids of containers are 16 bit wide in Proxmox's default map. */
    private static final int IDS = 65_536;

    /** The last 32 bit number means "nobody in particular" to the kernel. */
    private static final long LARGEST_ID = 4_294_967_294L;

    private IdRanges() {}

    /** {@code u:1000:1000:2;g:1000:1000:1}; empty when no id needs to be listed. Root is never listed: it would be the host's. */
    static String of(Collection<Integer> uids, Collection<Integer> gids) {
        List<String> ranges = new ArrayList<>(ranges("u", uids));
        ranges.addAll(ranges("g", gids));
        return String.join(";", ranges);
    }

    private static List<String> ranges(String type, Collection<Integer> ids) {
        List<String> ranges = new ArrayList<>();
        int first = -1;
        int count = 0;
        for (int id : new TreeSet<>(ids)) {
            if (id <= 0 || id >= IDS) {
                continue;
            }
            if (first >= 0 && id == first + count) {
                count++;
                continue;
            }
            if (first >= 0) {
                ranges.add(type + ":" + first + ":" + first + ":" + count);
            }
            first = id;
            count = 1;
        }
        if (first >= 0) {
            ranges.add(type + ":" + first + ":" + first + ":" + count);
        }
        return ranges;
    }

    /** What a person wrote, checked and in canonical order. */
    static Parsed<String> checked(String text) {
        if (text.equals(PASSTHROUGH) || text.equals(NONE)) {
            return Parsed.ok(text);
        }
        for (String range : text.split(";", -1)) {
            if (!range.matches("[ug]:\\d{1,5}:\\d{1,10}:\\d{1,5}")) {
                return Parsed.bad("an idmap is passthrough, none, or ranges like u:1000:1000:1;g:1000:1000:1");
            }
            String[] parts = range.split(":", -1);
            if (Integer.parseInt(parts[3]) < 1 || Integer.parseInt(parts[1]) + Integer.parseInt(parts[3]) > IDS) {
                return Parsed.bad("ids of a container go from 0 to 65535, so " + range + " is no range of them");
            }
            if (Long.parseLong(parts[2]) + Integer.parseInt(parts[3]) > LARGEST_ID) {
                return Parsed.bad("ids of the host end at " + LARGEST_ID + ", so " + range + " is no range of them");
            }
        }
        return overlaps(text) ? Parsed.bad("two ranges of one idmap name the same id") : Parsed.ok(canonical(text));
    }

    /** The kernel takes no map in which an id stands twice, on either side. */
    private static boolean overlaps(String text) {
        for (String type : List.of("u:", "g:")) {
            for (int side : new int[] {1, 2}) {
                long free = 0;
                List<long[]> ranges = Arrays.stream(text.split(";", -1))
                        .filter(range -> range.startsWith(type))
                        .map(range -> range.split(":", -1))
                        .map(parts -> new long[] {Long.parseLong(parts[side]), Long.parseLong(parts[3])})
                        .sorted(Comparator.comparingLong(range -> range[0]))
                        .toList();
                for (long[] range : ranges) {
                    if (range[0] < free) {
                        return true;
                    }
                    free = range[0] + range[1];
                }
            }
        }
        return false;
    }

    /** Users before groups, by number: what the order says means nothing. */
    static String canonical(String text) {
        if (!text.contains(":")) {
            return text;
        }
        return String.join(
                ";",
                Arrays.stream(text.split(";", -1))
                        .sorted((a, b) -> {
                            int type = b.substring(0, 1).compareTo(a.substring(0, 1));
                            return type != 0 ? type : Integer.compare(first(a), first(b));
                        })
                        .toList());
    }

    private static int first(String range) {
        String[] parts = range.split(":", -1);
        return parts.length > 1 && parts[1].matches("\\d{1,9}") ? Integer.parseInt(parts[1]) : 0;
    }
}
