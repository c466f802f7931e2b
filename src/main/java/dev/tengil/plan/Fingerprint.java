package dev.tengil.plan;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.resource.Change;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * One digest per step over everything it would do: two plans with the same fingerprints do the same. Secrets enter by name only, since a
 * generated one has no value before it is first used.
 */
public final class Fingerprint {

    private Fingerprint() {}

    public static List<String> of(Plan plan) {
        List<String> prints = new ArrayList<>();
        for (Step step : plan.steps()) {
            StringBuilder text = new StringBuilder();
            for (Change change : step.changes()) {
                text.append(change.action())
                        .append(' ')
                        .append(change.address())
                        .append(' ')
                        .append(change.fields())
                        .append('\n');
            }
            step.operations().forEach(operation -> operation(text, operation));
            prints.add(step.address() + " " + Bytes.utf8(text.toString()).digest("SHA-256"));
        }
        return prints;
    }

    private static void operation(StringBuilder text, Operation operation) {
        OperationText.lines(operation).forEach(line -> text.append(line).append('\n'));
        switch (operation) {
            case Operation.Run run -> text.append(stdin(run.command())).append('\n');
            case Operation.Write write ->
                text.append(write.file().content().digest("SHA-256"))
                        .append(' ')
                        .append(write.expected())
                        .append('\n');
            case Operation.EditConf _,
                    Operation.MakeDirectory _,
                    Operation.Pull _,
                    Operation.Unpack _,
                    Operation.Remove _,
                    Operation.EnsureMounted _,
                    Operation.Await _,
                    Operation.Steady _,
                    Operation.AwaitHealth _,
                    Operation.Show _,
                    Operation.DataBack _,
                    Operation.EnsureOurs _ -> {
                // their text says it all
            }
        }
    }

    private static String stdin(Command command) {
        String text = command.stdin().latin1();
        for (String secret : command.redactions()) {
            text = secret.isEmpty() ? text : text.replace(Bytes.utf8(secret).latin1(), "‹secret›");
        }
        return text;
    }
}
