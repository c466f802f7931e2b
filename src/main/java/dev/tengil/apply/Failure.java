package dev.tengil.apply;

import dev.tengil.host.Command;
import dev.tengil.host.Result;
import dev.tengil.resource.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a step ended before its end.
 *
 * @param operation the one that failed
 * @param reason one sentence
 * @param command the program start that failed, if it was one
 * @param result what that command left behind
 * @param advice what to do next, where the cause is known
 * @param log what the thing itself had to say of it, last lines last
 * @param lost whether the host is out of reach or no longer ours to change, so that nothing else can succeed there either
 */
public record Failure(
        Operation operation,
        String reason,
        @Nullable Command command,
        @Nullable Result result,
        @Nullable String advice,
        List<String> log,
        boolean lost) {

    public Failure {
        log = List.copyOf(log);
    }

    Failure(
            Operation operation,
            String reason,
            @Nullable Command command,
            @Nullable Result result,
            @Nullable String advice,
            boolean lost) {
        this(operation, reason, command, result, advice, List.of(), lost);
    }

    Failure(
            Operation operation,
            String reason,
            @Nullable Command command,
            @Nullable Result result,
            @Nullable String advice) {
        this(operation, reason, command, result, advice, false);
    }

    private static final int LINES_SHOWN = 8;

    /** The same with the last of these lines behind its log. */
    Failure withLog(List<String> lines) {
        List<String> more = new ArrayList<>(log);
        lines.stream().filter(line -> !line.isBlank()).forEach(more::add);
        return new Failure(
                operation,
                reason,
                command,
                result,
                advice,
                more.subList(Math.max(0, more.size() - LINES_SHOWN), more.size()),
                lost);
    }

    /** The last lines that the command printed, standard error first, secrets hidden. */
    public List<String> lastLines() {
        if (result == null) {
            return List.of();
        }
        String text = result.err().isBlank() ? result.out() : result.err();
        if (command != null) {
            for (String secret : command.redactions()) {
                text = secret.isEmpty() ? text : text.replace(secret, "‹secret›");
            }
        }
        List<String> lines = Arrays.stream(text.split("\n", -1))
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    }
}
