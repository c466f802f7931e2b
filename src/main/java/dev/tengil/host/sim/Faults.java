package dev.tengil.host.sim;

import dev.tengil.host.WholeFile;
import dev.tengil.model.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What shall go wrong on the simulated host: a list of rules in {@code faults.yml}, for example
 *
 * <pre>
 * - {match: "zfs create", nth: 2, do: fail, exit: 1, stderr: "cannot create: out of space"}
 * - {nth: 7, do: die-after}
 * - {match: "pct set", do: lock, times: 3}
 * - {match: "pct create", do: fail-after, exit: 255, stderr: "something else went wrong"}
 * - {match: "pct start", do: slow, seconds: 5}
 * - {match: "pct start", do: wait}
 * - {match: "pct set", nth: 1, do: meanwhile, run: "pct destroy 101"}
 * - {match: "zfs create", nth: 2, do: cut}
 * </pre>
 *
 * <p>A rule without {@code match} counts all commands that change something. A {@code fail} with {@code run} does that much of it before.
 */
public final class Faults {

    /** What happens. */
    enum Action {
        FAIL,
        FAIL_AFTER,
        HANG,
        DIE_BEFORE,
        DIE_AFTER,
        FULL,
        LOCK,
        SLOW,
        WAIT,
        MEANWHILE,
        CUT
    }

    /**
     * @param match part of the command line; empty for every command that changes something
     * @param nth which matching command, from 1; 0 for all from the first on
     * @param times how many in a row, for {@code lock}
     * @param seconds real time that passes before the command is run, for {@code slow}
     * @param run what happens on the host just before, by somebody else for {@code meanwhile}, as half of it for {@code fail}: words of
     *     one command line; empty for nothing
     */
    record Rule(
            String match, int nth, int times, Action action, int exit, String stderr, int seconds, List<String> run) {}

    /** How a process dies; a test replaces it. */
    public interface Death {
        void die();

        /** As kill -9 does it. */
        Death HALT = () -> Runtime.getRuntime().halt(137);
    }

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final List<String> KEYS = List.of("match", "nth", "times", "do", "exit", "stderr", "seconds", "run");
    private static final String ACTIONS = Arrays.stream(Action.values())
            .map(action -> action.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
            .collect(java.util.stream.Collectors.joining(", "));

    private final List<Rule> rules;
    private final int[] seen;
    private final Death death;
    private final @Nullable Path waiting;

    private Faults(List<Rule> rules, Death death, @Nullable Path waiting) {
        this.rules = rules;
        this.seen = new int[rules.size()];
        this.death = death;
        this.waiting = waiting;
    }

    /** Nothing goes wrong. */
    public static Faults none() {
        return new Faults(List.of(), Death.HALT, null);
    }

    /** Reads a list of rules for a host in no folder, where nothing can {@code wait}. */
    public static Parsed<Faults> parse(String yaml, Death death) {
        return parse(yaml, death, null);
    }

    /**
     * Reads a list of rules.
     *
     * @param waiting the file that is there as long as a command waits
     */
    public static Parsed<Faults> parse(String yaml, Death death, @Nullable Path waiting) {
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            if (read != null && !(read instanceof List)) {
                return Parsed.bad("the faults are a list");
            }
            List<Rule> rules = new ArrayList<>();
            for (Object each : read instanceof List<?> list ? list : List.of()) {
                if (!(each instanceof Map<?, ?> map)) {
                    return Parsed.bad("a fault is a mapping");
                }
                KnownKeys.of("a fault", map, KEYS);
                String action = text(map, "do", "fail")
                        .toUpperCase(java.util.Locale.ROOT)
                        .replace('-', '_');
                if (Arrays.stream(Action.values())
                        .noneMatch(known -> known.name().equals(action))) {
                    return Parsed.bad("a fault does not \"" + text(map, "do", "") + "\"; it does: " + ACTIONS);
                }
                rules.add(new Rule(
                        text(map, "match", ""),
                        Integer.parseInt(text(map, "nth", "0")),
                        Integer.parseInt(text(map, "times", "1")),
                        Action.valueOf(action),
                        Integer.parseInt(text(map, "exit", "1")),
                        text(map, "stderr", "simulated failure"),
                        Integer.parseInt(text(map, "seconds", "1")),
                        words(text(map, "run", ""))));
            }
            return Parsed.ok(new Faults(List.copyOf(rules), death, waiting));
        } catch (YamlEngineException | IllegalArgumentException e) {
            return Parsed.bad("the faults cannot be read: " + e.getMessage());
        }
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    }

    private static String text(Map<?, ?> map, String key, String otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    /** The rule that strikes this command, if any; counts it. */
    synchronized @Nullable Rule strikes(String line, boolean changes) {
        Rule struck = null;
        for (int i = 0; i < seen.length; i++) {
            Rule rule = rules.get(i);
            if (rule.match().isEmpty() ? changes : line.contains(rule.match())) {
                int count = ++seen[i];
                boolean hit =
                        rule.action() == Action.LOCK ? count <= rule.times() : rule.nth() == 0 || count == rule.nth();
                struck = struck == null && hit ? rule : struck;
            }
        }
        return struck;
    }

    /** What Proxmox says when another holds a guest's config; the guest is the first number of the command line. */
    static String lockTimeout(List<String> argv) {
        String guest = argv.stream()
                .flatMap(word -> Arrays.stream(word.split("/", -1)))
                .filter(word -> word.matches("[1-9]\\d{2,8}"))
                .findFirst()
                .orElse("100");
        return "can't lock file '/run/lock/lxc/pve-config-" + guest + ".lock' - got timeout\n";
    }

    /** Lets real time pass, so that a person can watch, or interrupt. */
    static void wait(Rule rule) {
        try {
            Thread.sleep(Duration.ofSeconds(rule.seconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until somebody removes the file that says so: then whoever watches knows where it stands, however slow the machine is. */
    void waitForSomebody() {
        if (waiting == null) {
            return;
        }
        try {
            WholeFile.write(waiting, "Remove this file to let it go on.\n", WholeFile.PRIVATE);
            while (Files.exists(waiting)) {
                Thread.sleep(LOOK);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void die() {
        death.die();
    }
}
