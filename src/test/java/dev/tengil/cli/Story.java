package dev.tengil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A failure as a person reads it: Markdown with blocks that are carried out in their order.
 *
 * <ul>
 *   <li>{@code tengil.yml}, {@code world.yml}: the file and the host, instead of those that all stories share;
 *   <li>{@code faults}: what goes wrong from here on, see {@code docs/simulated-host.md}; an empty block ends it;
 *   <li>{@code session}: what somebody types, and what comes back. Behind {@code $} stands a command on the own machine, behind
 *       {@code #} one that root types on the host, behind {@code !} something that befalls the host ({@link Mishap}). Behind {@code %}
 *       stand signals that tengil gets while a fault lets an operation {@code wait}, each after the word that answers the one before;
 *       then the operation goes on.
 * </ul>
 *
 * <p>An apply runs one step at a time, so that its lines have one order. What differs from run to run is masked. Around each command of
 * tengil it is looked that nothing was lost ({@link Treasure}); and every story ends with a plan that has nothing left to do.
 */
final class Story {

    private static final String FENCE = "```";
    private static final String HAPPY_END = "$ tg plan\nNo changes. The host matches tengil.yml.\n";
    private static final Set<Integer> CODES = Set.of(0, 1, 2, 3, 4, 5, 6, 130, 137);

    private final Path at;
    private final Tg tg;
    private final Path folder;
    private boolean begun;
    private boolean deadly;
    private boolean struck = true;

    Story(Path at, Path folder) {
        this.at = at;
        this.folder = folder;
        this.tg = new Tg(folder);
    }

    void replay() throws Exception {
        List<String> told = Files.readAllLines(at);
        tg.file(Files.readString(FailuresTest.FAILURES.resolve("tengil.yml")));
        Files.copy(FailuresTest.FAILURES.resolve("world.yml"), tg.path("world.yml"));
        StringBuilder happened = new StringBuilder();
        String last = "";
        for (int i = 0; i < told.size(); i++) {
            String line = told.get(i);
            happened.append(line).append('\n');
            if (line.startsWith(FENCE) && line.length() > FENCE.length()) {
                List<String> block = new ArrayList<>();
                for (i++; !told.get(i).equals(FENCE); i++) {
                    block.add(told.get(i));
                }
                last = carryOut(line.substring(FENCE.length()), block);
                happened.append(last).append(FENCE).append('\n');
            }
        }
        if (System.getenv("UPDATE_CASES") != null) {
            Files.writeString(at, happened);
        }
        assertThat(happened.toString()).as(at.toString()).isEqualTo(Files.readString(at));
        assertThat(last).as("the end of " + at).endsWith(HAPPY_END);
    }

    private String carryOut(String kind, List<String> block) throws Exception {
        String text = block.isEmpty() ? "" : String.join("\n", block) + "\n";
        switch (kind) {
            case "tengil.yml", "world.yml" -> Files.writeString(tg.path(kind), text);
            case "faults" -> {
                begin();
                assertThat(struck).as(at + ": something went wrong").isTrue();
                Files.deleteIfExists(tg.path("w/faults.yml"));
                if (!block.isEmpty()) {
                    tg.faults(text);
                }
                struck = block.isEmpty() || text.contains("do: lock") || text.contains("do: wait");
                deadly = text.contains("do: die");
            }
            case "session" -> {
                return session(block);
            }
            default -> throw new AssertionError(at + ": a block \"" + kind + "\"");
        }
        return text;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            Tg.Ran made = tg.run("sim", "new", "w", "--world", "world.yml");
            assertThat(made.exit()).as(made.err()).isZero();
        }
    }

    private String session(List<String> block) throws Exception {
        begin();
        StringBuilder happened = new StringBuilder();
        for (int i = 0; i < block.size(); i++) {
            String line = block.get(i);
            String rest = line.length() > 2 ? line.substring(2) : "";
            if (i + 1 < block.size() && block.get(i + 1).startsWith("% ")) {
                String signals = block.get(++i);
                happened.append(line).append('\n').append(signals).append('\n').append(signalled(rest, signals));
            } else if (line.startsWith("$ ")) {
                happened.append(line).append('\n').append(onOwnMachine(rest));
            } else if (line.startsWith("# ")) {
                Tg.Ran ran = tg.onHost(rest);
                happened.append(line).append('\n').append(shown(ran));
            } else if (line.startsWith("! ")) {
                Mishap.befall(folder, rest);
                happened.append(line).append('\n');
            }
        }
        return happened.toString();
    }

    /** Each signal goes to the process group, as Ctrl-C on a terminal does. */
    private String signalled(String line, String signals) throws Exception {
        StringBuilder script = new StringBuilder("set -m\n" + inOrder(line).replaceFirst("^tg ", "\"\\${TG[@]}\" ")
                + " > said 2>&1 &\nexec 2>&-\n" + "until [ -e w/waiting ]; do kill -0 $! || break; sleep 0.1; done\n");
        for (String signal : signals.substring(2).split(" then ", -1)) {
            script.append("kill -")
                    .append(signal.replaceAll(".*SIG|\\)$", ""))
                    .append(" -- -$!\n")
                    .append("until grep -q Stop said; do sleep 0.1; done\n");
        }
        return outcome(line, script + "rm w/waiting\nwait $!\nexit=$?\ncat said\nexit $exit\n");
    }

    private static String inOrder(String line) {
        return line.startsWith("tg apply") ? line.replace("tg apply", "tg apply --parallel 1") : line;
    }

    private String onOwnMachine(String line) throws Exception {
        return outcome(line, inOrder(line));
    }

    private String outcome(String line, String command) throws Exception {
        Treasure before = Treasure.of(tg.path("w"));
        boolean plain = command.startsWith("tg ") && !deadly && Pattern.matches("[^|<>&;']*", command);
        Tg.Ran ran = plain ? tg.say(command.substring("tg ".length())) : tg.shell(command);
        String all = ran.out() + ran.err();
        assertThat(all).as(line).doesNotContain("\tat ", "Exception", "tengil.defect", "null");
        assertThat(ran.exit()).as(line).isIn(CODES);
        if (ran.exit() != 0 && ran.exit() != 2 && ran.exit() != 137) {
            assertThat(all)
                    .as(line + " says what to do")
                    .containsAnyOf("help:", "run tg apply again", "Run tg apply again");
        }
        before.stillIn(Treasure.of(tg.path("w")));
        struck |= ran.exit() != 0;
        return line.startsWith("tg apply") ? folded(shown(ran), ran.exit() == 0) : shown(ran);
    }

    /** The golden cases show plans and what programs say on the way; here it is the failure that matters. */
    private static String folded(String text, boolean fine) {
        int plan = text.indexOf("\nPlan: ");
        if (plan < 0) {
            return text;
        }
        return "…\n"
                + text.substring(plan + 1)
                        .lines()
                        .filter(line -> !line.startsWith("    ") || line.startsWith("      "))
                        .filter(line ->
                                !fine || !line.startsWith("  ✓") && !line.startsWith("  web ") && !line.isEmpty())
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    private String shown(Tg.Ran ran) throws IOException {
        String text = ran.out() + ran.err();
        if (!text.isEmpty() && !text.endsWith("\n")) {
            text += "\n";
        }
        text += ran.exit() == 0 ? "" : "exit " + ran.exit() + "\n";
        return text.replace(folder.toRealPath().toString(), "/home/anna")
                .replace(folder.toString(), "/home/anna")
                .replaceAll("BC:24:11(:[0-9A-F]{2}){3}", "BC:24:11:‹mac›")
                .replaceAll("(?m)\\b\\d+\\.\\ds$", "0.0s")
                .replaceAll("process \\d+, since [0-9TZ:-]+", "process ‹pid›, since ‹time›")
                .replaceAll("guid \\d+", "guid ‹guid›")
                .replaceAll("smb_password [0-9a-f]{20,}…", "smb_password ‹digest›")
                .replaceAll("\\d{8}-\\d{6}", "‹time›");
    }
}
