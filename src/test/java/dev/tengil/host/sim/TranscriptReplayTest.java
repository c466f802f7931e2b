package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.sim.Transcript.Entry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Replays what the real programs were recorded to answer, line by line, with both streams and the exit code. Every line counts. Those
 * over which the simulated host differs are listed in {@code transcripts/differences.txt}, each with the reason; a difference that is
 * not listed fails, and so does a listed one that is none.
 */
class TranscriptReplayTest {

    private static final Path DOCS = Path.of("docs/simulated-host.md");

    /** How a recording fared. */
    private record Share(int agree, int all, List<String> different, List<String> details) {}

    private static Map<String, Share> replayed() throws Exception {
        Map<String, Share> shares = new LinkedHashMap<>();
        for (Recordings.Chain chain : Recordings.all()) {
            try (SimulatedHost host = chain.host()) {
                for (String name : chain.names()) {
                    shares.put(name, replay(host, name));
                }
            }
        }
        return shares;
    }

    private static Share replay(SimulatedHost host, String name) throws Exception {
        RecordedShell shell = new RecordedShell(host);
        List<Entry> entries = Transcript.named(name).entries();
        List<String> different = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (Entry entry : entries) {
            RecordedShell.Outcome ours = shell.run(entry.line());
            String theirs = Answers.comparable(entry.line(), entry.stdout(), entry.stderr(), entry.exit());
            String simulated = Answers.comparable(
                    entry.line(),
                    ours.result().out(),
                    ours.result().err(),
                    ours.result().exit());
            if (!ours.missing().isEmpty() || !theirs.equals(simulated)) {
                String first = entry.line().lines().findFirst().orElse("");
                different.add(name.substring(0, 2) + " " + first);
                details.add(
                        "$ " + entry.line() + "\n" + (ours.missing().isEmpty() ? "" : "needs " + ours.missing() + "\n")
                                + "recorded: " + theirs + "simulated: " + simulated);
            }
        }
        return new Share(entries.size() - different.size(), entries.size(), different, details);
    }

    /** Listed lines, each with why it differs. */
    private static Map<String, String> listed() throws Exception {
        try (InputStream in = Objects.requireNonNull(
                TranscriptReplayTest.class.getResourceAsStream("/transcripts/differences.txt"))) {
            Map<String, String> listed = new LinkedHashMap<>();
            String reason = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("# ")) {
                    reason = line.substring(2);
                } else if (!line.isBlank()) {
                    listed.put(line, reason);
                }
            }
            return listed;
        }
    }

    @Test
    void the_simulated_programs_answer_as_recorded_but_for_what_is_listed_with_its_reason() throws Exception {
        Map<String, Share> shares = replayed();
        shares.forEach((name, share) ->
                System.out.println("transcripts: " + name + ": " + share.agree() + " of " + share.all() + " agree"));
        List<String> different = shares.values().stream()
                .flatMap(share -> share.different().stream())
                .distinct()
                .toList();
        Map<String, String> listed = listed();
        assertThat(different)
                .withFailMessage(() -> shares.values().stream()
                                .flatMap(share -> share.details().stream())
                                .filter(detail -> listed.keySet().stream()
                                        .noneMatch(each -> detail.startsWith("$ " + each.substring(3))))
                                .collect(Collectors.joining("\n"))
                        + listed.keySet().stream()
                                .filter(each -> !different.contains(each))
                                .map(each -> "\nlisted, and agrees: " + each)
                                .collect(Collectors.joining()))
                .containsExactlyInAnyOrderElementsOf(listed.keySet());
        assertThat(listed.values()).allMatch(reason -> reason.length() > 20);
    }

    @Test
    void the_documentation_says_how_many_recorded_lines_agree() throws Exception {
        Map<String, Share> shares = replayed();
        int agree = shares.values().stream().mapToInt(Share::agree).sum();
        int all = shares.values().stream().mapToInt(Share::all).sum();
        assertThat(Files.readString(DOCS)).contains(agree + " of " + all + " recorded command lines");
    }
}
