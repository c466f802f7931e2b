package dev.tengil.plan;

import dev.tengil.host.Command;
import dev.tengil.host.GuestConfReplace;
import dev.tengil.model.Secret;
import dev.tengil.resource.Change;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Phase;
import dev.tengil.resource.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plan as a readable shell script for the host. Values that only the person knows (secrets) are named shell variables that the script
 * asks for; steps stand in an order that respects their dependencies.
 */
public final class Script {

    private final StringBuilder out = new StringBuilder();
    private final SortedSet<String> variables = new TreeSet<>();

    private Script() {}

    /** The script's text. */
    public static String of(Plan plan) {
        Script body = new Script();
        for (Phase phase : Phase.values()) {
            for (Step step : Order.topological(plan.runnable())) {
                if (step.phase() == phase) {
                    body.step(step);
                }
            }
        }
        StringBuilder head = new StringBuilder(
                "#!/bin/sh\n# What tg apply would do, to read or to run as root on the host.\nset -eu\n");
        for (String variable : body.variables) {
            head.append(": \"${").append(variable).append(":?set it to the secret of that name}\"\n");
        }
        return head.append(body.out).toString();
    }

    private void step(Step step) {
        out.append('\n');
        for (Change change : step.changes()) {
            out.append("# ")
                    .append(change.action().symbol())
                    .append(' ')
                    .append(change.address())
                    .append('\n');
        }
        step.operations().forEach(this::operation);
    }

    private void operation(Operation operation) {
        switch (operation) {
            case Operation.Run run -> {
                if (run.command().stdin().isEmpty()) {
                    out.append(OperationText.command(run.command())).append('\n');
                } else {
                    withStdin(run.command());
                }
            }
            case Operation.Pull pull -> pull(pull);
            case Operation.Unpack unpack ->
                out.append(OperationText.command(unpack.command()))
                        .append(" ||\n  ")
                        .append(OperationText.command(unpack.unmanaged()))
                        .append('\n');
            case Operation.Write write -> {
                String path = OperationText.quoted(write.file().path().value());
                heredoc("cat > " + path, write.file().content().text());
                out.append("chmod ")
                        .append(String.format(Locale.ROOT, "%04o", write.file().mode()))
                        .append(" -- ")
                        .append(path)
                        .append('\n');
            }
            case Operation.MakeDirectory make ->
                OperationText.lines(make).forEach(line -> out.append(line).append('\n'));
            case Operation.Remove remove ->
                out.append("rm -f -- ")
                        .append(OperationText.quoted(remove.file().value()))
                        .append('\n');
            case Operation.EditConf edit -> conf(edit);
            case Operation.EnsureMounted guard ->
                out.append("[ \"$(zfs get -H -o value mounted ")
                        .append(OperationText.quoted(guard.dataset().value()))
                        .append(")\" = yes ]\n");
            case Operation.Await await ->
                out.append("# wait until this succeeds: ")
                        .append(OperationText.command(await.look()))
                        .append('\n');
            case Operation.Steady steady ->
                out.append("# it must stay so for ")
                        .append(steady.time().toSeconds())
                        .append(" s: ")
                        .append(OperationText.command(steady.look()))
                        .append('\n');
            case Operation.AwaitHealth health ->
                out.append("# ").append(OperationText.lines(health).getFirst()).append('\n');
            case Operation.DataBack back ->
                out.append(OperationText.lines(back).getFirst()).append('\n');
            case Operation.Show show ->
                out.append(OperationText.command(show.look())).append('\n');
            case Operation.EnsureOurs ours ->
                out.append("# look first: ")
                        .append(OperationText.lines(ours).getFirst())
                        .append('\n');
        }
    }

    /** The places one after the other, with the logins that the host has. */
    private void pull(Operation.Pull pull) {
        if (pull.logins() != null) {
            out.append("# It may want a login: skopeo login ")
                    .append(OperationText.quoted(registry(pull.from().getLast().source())))
                    .append('\n');
        }
        pull.from().stream()
                .filter(from -> from.trusted() != null)
                .forEach(from -> out.append("# DIRECTORY is one with the certificate of ")
                        .append(registry(from.source()))
                        .append(" in it, as ca.crt\n"));
        out.append(pull.typed().stream().map(OperationText::command).collect(Collectors.joining(" ||\n  ")))
                .append('\n');
    }

    private static String registry(String source) {
        return source.replaceFirst("^docker://", "").replaceFirst("/.*$", "");
    }

    /** What goes in by stdin is a secret more often than not, so it is a variable. */
    private void withStdin(Command command) {
        String variable = "STDIN_" + (variables.size() + 1);
        variables.add(variable);
        out.append("printf '%s' \"$").append(variable).append("\" | ");
        Command bare = new Command(
                command.argv(),
                dev.tengil.host.Bytes.EMPTY,
                command.deadline(),
                true,
                command.okExits(),
                command.redactions());
        out.append(OperationText.command(bare)).append('\n');
    }

    /** The same edits with sed and printf, under the same lock. */
    private void conf(Operation.EditConf edit) {
        String file = GuestConfReplace.file(edit.vmid()).value();
        out.append("(\n  flock -w 10 9\n");
        for (ConfEdit change : edit.edits()) {
            switch (change) {
                case ConfEdit.SetEnv(String name, String value, Secret secret) -> {
                    delete("lxc\\.environment\\.runtime: " + name + "=", file);
                    if (secret != null) {
                        String variable = "SECRET_"
                                + secret.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
                        variables.add(variable);
                        out.append("  printf '%s%s\\n' ")
                                .append(OperationText.quoted("lxc.environment.runtime: " + name + "="))
                                .append(" \"$")
                                .append(variable)
                                .append("\" >> ")
                                .append(file)
                                .append('\n');
                    } else {
                        append("lxc.environment.runtime: " + name + "=" + value, file);
                    }
                }
                case ConfEdit.RemoveEnv(String name) -> delete("lxc\\.environment\\.runtime: " + name + "=", file);
                case ConfEdit.SetOption(String key, String value) -> {
                    delete(key + ":", file);
                    out.append("  sed -i ")
                            .append(OperationText.quoted("1i " + key + ": " + value))
                            .append(' ')
                            .append(file)
                            .append('\n');
                }
                case ConfEdit.RemoveOption(String key) -> delete(key + ":", file);
                case ConfEdit.SetRaw(String key, String value) -> {
                    delete(key + ":", file);
                    append(key + ": " + value, file);
                }
                case ConfEdit.AddRaw(String key, String value) -> append(key + ": " + value, file);
                case ConfEdit.AddRawWhere(String option, String is, String key, String value) -> {
                    out.append("  ! grep -qx ")
                            .append(OperationText.quoted(option + ": " + is))
                            .append(' ')
                            .append(file)
                            .append(" ||\n  ");
                    append(key + ": " + value, file);
                }
                case ConfEdit.SetComment(List<String> lines) -> {
                    delete("#", file);
                    for (String line : lines.reversed()) {
                        out.append("  sed -i ")
                                .append(OperationText.quoted("1i #" + line))
                                .append(' ')
                                .append(file)
                                .append('\n');
                    }
                }
                case ConfEdit.RemoveRaw(String key, String value) ->
                    delete(value == null ? key + ":" : key + ": " + value + "$", file);
            }
        }
        out.append(") 9> ").append(GuestConfReplace.lockFile(edit.vmid())).append('\n');
    }

    private void delete(String prefix, String file) {
        out.append("  sed -i ")
                .append(OperationText.quoted("\\|^" + prefix + "|d"))
                .append(' ')
                .append(file)
                .append('\n');
    }

    private void append(String line, String file) {
        out.append("  printf '%s\\n' ")
                .append(OperationText.quoted(line))
                .append(" >> ")
                .append(file)
                .append('\n');
    }

    private void heredoc(String command, String text) {
        String end = "TENGIL_END";
        while (text.contains(end)) {
            end += "_";
        }
        out.append(command).append(" <<'").append(end).append("'\n").append(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.append('\n');
        }
        out.append(end).append('\n');
    }

    /** Puts steps in an order in which each comes behind what it comes after. */
    static final class Order {
        private Order() {}

        static List<Step> topological(List<Step> steps) {
            List<Step> ordered = new ArrayList<>();
            List<Step> open = new ArrayList<>(steps);
            while (!open.isEmpty()) {
                int before = open.size();
                for (int i = 0; i < open.size(); i++) {
                    Step step = open.get(i);
                    boolean free = open.stream()
                            .filter(other -> !other.address().equals(step.address()))
                            .flatMap(other -> other.changes().stream())
                            .noneMatch(change -> step.after().contains(change.address()));
                    if (free) {
                        ordered.add(step);
                        open.remove(i--);
                    }
                }
                if (open.size() == before) {
                    throw new IllegalStateException("the planner lets no circle through");
                }
            }
            return ordered;
        }
    }
}
