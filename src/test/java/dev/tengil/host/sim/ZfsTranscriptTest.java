package dev.tengil.host.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tengil.host.Command;
import dev.tengil.host.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the simulated zfs to a recording of the real one. Compared are both streams and the exit code, with two things left out:
 * figures that a disk measures (bytes used, guids, transaction numbers), and of a usage complaint what follows its first line.
 * What does not agree is the output as JSON, which tengil never asks zfs for.
 */
class ZfsTranscriptTest {

    private static final Set<String> PROGRAMS =
            Set.of("zfs", "zpool", "mkdir", "touch", "rm", "ls", "chown", "chmod", "stat");
    private static final String LAB = """
            pools: {tank: {size: '16642998272'}}
            datasets:
              tank: {properties: {mountpoint: /tank, compression: 'on', xattr: 'on', acltype: posix}}
              tank/ct: {}
              tank/media: {}
            """;
    private static final Pattern MEASURED = Pattern.compile(
            "\t(creation|used|available|referenced|createtxg|guid|objsetid|written|usedby\\w+|logical\\w+)\t\\d+\t");
    private static final Pattern FIGURE = Pattern.compile("\t\\d{5,}");

    /** Raised whenever more agrees; never lowered. */
    private static final int FLOOR = 60;

    @Test
    void zfs_answers_as_it_was_recorded() throws Exception {
        SimulatedHost host = SimulatedHost.inMemory(LAB, Faults.none()).orThrow();
        List<String> different = new ArrayList<>();
        int compared = 0;
        int needShell = 0;
        for (Transcript.Entry entry : Transcript.named("01-zfs.txt").entries()) {
            List<List<String>> commands = entry.commands(PROGRAMS);
            if (commands.isEmpty()) {
                catchUp(host, entry.line());
                needShell++;
                continue;
            }
            compared++;
            StringBuilder out = new StringBuilder();
            StringBuilder err = new StringBuilder();
            int exit = 0;
            for (List<String> argv : commands) {
                Result result = host.run(Command.changes(argv));
                out.append(result.out());
                err.append(result.err());
                exit = result.exit();
            }
            String real = comparable(entry.line(), entry.stdout(), entry.stderr(), entry.exit());
            String ours = comparable(entry.line(), out.toString(), err.toString(), exit);
            if (!real.equals(ours)) {
                different.add("$ " + entry.line() + "\nreal: " + real + "ours: " + ours);
            }
        }
        int agree = compared - different.size();
        System.out.println(
                "transcripts 01: " + agree + " of " + compared + " agree (" + needShell + " more need a shell)");
        assertThat(agree).withFailMessage(() -> String.join("\n", different)).isGreaterThanOrEqualTo(FLOOR);
    }

    /** What a line that needs a shell changed, so that the lines after it find the world as it was then. */
    private static void catchUp(SimulatedHost host, String line) {
        if (line.startsWith("zfs create")) {
            String first = line.split(";", 2)[0].strip();
            host.run(Command.changes(first.split(" ")));
        }
    }

    private static String comparable(String line, String stdout, String stderr, int exit) {
        String out = MEASURED.matcher(stdout).replaceAll("\t$1\t#\t");
        if (line.startsWith("zfs list") || line.startsWith("zpool list") || line.contains("; zfs list")) {
            out = FIGURE.matcher(out).replaceAll("\t#");
        }
        String err = exit == 2 ? stderr.lines().limit(1).toList() + "\n" : stderr;
        return "exit " + exit + "\n" + out + err;
    }
}
