package dev.tengil.plan;

import dev.tengil.host.Command;
import dev.tengil.model.Secret;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.HealthCheck;
import dev.tengil.resource.Operation;
import dev.tengil.resource.facts.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Operations as a person could have typed them; for {@code tg plan --commands}. Secrets never appear. */
public final class OperationText {

    private static final String ADDRESS = "ADDRESS";

    private OperationText() {}

    /** One or more lines. */
    public static List<String> lines(Operation operation) {
        return switch (operation) {
            case Operation.Run run -> List.of(command(run.command()));
            case Operation.Unpack unpack ->
                List.of(command(unpack.command())
                        + "  # with --ostype unmanaged if Proxmox does not know the image's system");
            case Operation.Write write ->
                List.of("write " + write.file().path() + " (mode "
                        + String.format(Locale.ROOT, "%04o", write.file().mode()) + ", "
                        + write.file().content().text().lines().count() + " lines)");
            case Operation.Pull pull ->
                pull.typed().stream()
                        .map(command -> command(command)
                                + (pull.logins() == null ? "" : "  # with the login of whoever runs tg"))
                        .toList();
            case Operation.MakeDirectory make ->
                make.typed().stream().map(OperationText::command).toList();
            case Operation.Remove remove ->
                List.of("rm -f -- " + quoted(remove.file().value()));
            case Operation.EditConf edit -> conf(edit);
            case Operation.EnsureMounted guard ->
                List.of("check that " + guard.dataset() + " is mounted at " + guard.mountpoint());
            case Operation.Await await ->
                List.of("wait up to " + await.patience().toSeconds() + " s for: " + command(await.look()));
            case Operation.Steady steady ->
                List.of("watch for " + steady.time().toSeconds() + " s: " + command(steady.look()));
            case Operation.AwaitHealth health ->
                List.of("wait up to " + health.check().patience().toSeconds() + " s for: " + asked(health));
            case Operation.Show show -> List.of(command(show.look()));
            case Operation.DataBack back ->
                List.of(
                        back.alone()
                                ? "zfs rollback " + back.dataset() + "@" + back.snapshot()
                                : "zfs clone -o readonly=on " + back.dataset() + "@" + back.snapshot() + " "
                                        + back.beside());
            case Operation.EnsureOurs ours ->
                List.of("check that container " + ours.vmid() + ", if there is one, carries the tag " + ours.tag()
                        + ", and else stop here");
        };
    }

    /** The address is Proxmox's to say, once it runs. */
    private static String asked(Operation.AwaitHealth health) {
        boolean inside = health.check().probe() instanceof HealthCheck.Probe.Exec;
        return command(Health.command(
                health.check().probe(),
                inside ? health.vmid().toString() : ADDRESS,
                health.check().timeout()));
    }

    private static List<String> conf(Operation.EditConf edit) {
        List<String> lines = new ArrayList<>();
        for (ConfEdit change : edit.edits()) {
            lines.add("edit /etc/pve/lxc/" + edit.vmid() + ".conf: " + edit(change));
        }
        return lines;
    }

    private static String edit(ConfEdit edit) {
        return switch (edit) {
            case ConfEdit.SetEnv(String name, String value, Secret secret) ->
                "env " + name + "=" + (secret != null ? secret.toString() : value);
            case ConfEdit.RemoveEnv(String name) -> "env -" + name;
            case ConfEdit.SetOption(String key, String value) -> key + ": " + value;
            case ConfEdit.RemoveOption(String key) -> "-" + key;
            case ConfEdit.SetRaw(String key, String value) -> key + ": " + value;
            case ConfEdit.AddRaw(String key, String value) -> "+" + key + ": " + value;
            case ConfEdit.AddRawWhere(String option, String is, String key, String value) ->
                "+" + key + ": " + value + " (if " + option + " is " + is + ")";
            case ConfEdit.SetComment(List<String> lines) -> "#" + String.join("⏎", lines);
            case ConfEdit.RemoveRaw(String key, String value) -> "-" + key + (value == null ? "" : ": " + value);
        };
    }

    /** A command line for a POSIX shell; stdin is only mentioned. */
    public static String command(Command command) {
        String line = command.argv().stream().map(OperationText::quoted).collect(Collectors.joining(" "));
        for (String secret : command.redactions()) {
            line = secret.isEmpty() ? line : line.replace(secret, "‹secret›");
        }
        if (command.stdin().isEmpty()) {
            return line;
        }
        // The length of a password is part of it.
        return line + "  < " + (command.redactions().isEmpty() ? command.stdin() : "‹secret›");
    }

    /** A word for a POSIX shell, in single quotes only where needed. */
    public static String quoted(String word) {
        if (!word.isEmpty() && word.chars().allMatch(OperationText::isPlain)) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "_-+=./:,@%^".indexOf(c) >= 0;
    }
}
