package dev.tengil.plan;

import dev.tengil.host.Bytes;
import dev.tengil.model.Secret;
import dev.tengil.resource.Change;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.List;

/** One digest per step over everything it would do: two plans with the same fingerprints do the same. Secrets enter salted. */
public final class Fingerprint {

    private Fingerprint() {}

    public static List<String> of(Plan plan, String salt) {
        List<String> prints = new ArrayList<>();
        for (Step step : plan.steps()) {
            StringBuilder text = new StringBuilder(salt);
            for (Change change : step.changes()) {
                text.append('\n')
                        .append(change.action())
                        .append(' ')
                        .append(change.address())
                        .append(' ')
                        .append(change.fields());
            }
            step.operations().forEach(operation -> operation(text, operation, salt));
            prints.add(step.address() + " " + Bytes.utf8(text.toString()).digest("SHA-256"));
        }
        return prints;
    }

    private static void operation(StringBuilder text, Operation operation, String salt) {
        OperationText.lines(operation).forEach(line -> text.append('\n').append(line));
        switch (operation) {
            case Operation.Run run -> text.append(digest(run.command().stdin(), salt));
            case Operation.Write write ->
                text.append(digest(write.file().content(), salt)).append(write.expected());
            case Operation.EditConf edit ->
                edit.edits().forEach(each -> {
                    if (each instanceof ConfEdit.SetEnv(var name, var value, Secret secret) && secret != null) {
                        text.append(secret.digest(salt));
                    }
                });
            case Operation.Remove _, Operation.EnsureMounted _, Operation.Await _ -> {
                // their text says it all
            }
        }
    }

    private static String digest(Bytes bytes, String salt) {
        return Bytes.utf8(salt + bytes.latin1()).digest("SHA-256");
    }
}
