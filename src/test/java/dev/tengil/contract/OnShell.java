package dev.tengil.contract;

import dev.tengil.host.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Carries a contract out on a real machine: as one script, since every connection costs, and back from what that prints. */
public final class OnShell {

    private static final String EACH = """
            step() {
                "$@" > /tmp/contract.out 2> /tmp/contract.err < /tmp/contract.in
                code=$?
                printf 'STEP %d %s. %s.\\n' $code "$(base64 -w0 < /tmp/contract.out)" "$(base64 -w0 < /tmp/contract.err)"
            }
            """;
    private static final int PARTS = 4;

    private OnShell() {}

    /** For {@code sh}, with the environment that tengil gives its commands. */
    public static String script(Contract contract) {
        StringBuilder script = new StringBuilder("export LC_ALL=C.UTF-8 HOME=/root\ncd /root\n").append(EACH);
        for (Contract.Line.Step step : contract.steps()) {
            script.append("printf '%s' ")
                    .append(quoted(
                            Base64.getEncoder().encodeToString(step.stdin().getBytes(StandardCharsets.UTF_8))))
                    .append(" | base64 -d > /tmp/contract.in\n");
            List<String> words = new ArrayList<>();
            if (step.byHand()) {
                words.addAll(List.of("sh", "-c", new Deed(step.words(), step.stdin()).script(), "by-hand"));
            }
            words.addAll(step.words());
            script.append("step");
            words.forEach(word -> script.append(' ').append(quoted(word)));
            script.append('\n');
        }
        return script.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** What the script printed, as answers; one is missing when it ended early. */
    public static List<Result> results(String printed) {
        List<Result> results = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts.length == PARTS && parts[0].equals("STEP")) {
                results.add(Result.of(Integer.parseInt(parts[1]), text(parts[2]), text(parts[3])));
            }
        }
        return results;
    }

    private static String text(String part) {
        return new String(Base64.getDecoder().decode(part.substring(0, part.length() - 1)), StandardCharsets.UTF_8);
    }
}
