package dev.tengil.host.sim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recording of real programs: each entry a command line, what it printed on both streams, and its exit code. */
record Transcript(List<Entry> entries) {

    private static final Pattern ENTRY =
            Pattern.compile("(?sm)^\\$ (.*?)\n--- stdout\n(.*?)--- stderr\n(.*?)--- exit (\\d+).*?$");

    /** One recorded command line. */
    record Entry(String line, String stdout, String stderr, int exit) {}

    /** Reads a recording among the test's resources; tabs and carriage returns stand there as {@code ^I} and {@code ^M}. */
    static Transcript named(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Transcript.class.getResourceAsStream("/transcripts/" + name + ".txt"))) {
            List<Entry> entries = new ArrayList<>();
            Matcher entry = ENTRY.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (entry.find()) {
                entries.add(new Entry(
                        entry.group(1),
                        entry.group(2).replace("^I", "\t").replace("^M", "\r"),
                        entry.group(3).replace("^I", "\t"),
                        Integer.parseInt(entry.group(4))));
            }
            return new Transcript(entries);
        }
    }
}
