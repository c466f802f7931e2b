package dev.tengil.resource.container;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import dev.tengil.resource.AppliedResource;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.StateFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of the host that keeps what the program of an image prints: Proxmox lets it go by on the console. It is given to containers
 * that are made, like a default: one that exists gets it with its next image. LXC adds to the file as root and knows a bound for it, but
 * Proxmox drops the lines that would set one (pve-container Config.pm knows {@code lxc.console.logfile} and {@code lxc.console.path}
 * alone), so the host's logrotate cuts it.
 */
public final class ConsoleLog {

    /** The raw line that names the file. */
    public static final String KEY = "lxc.console.logfile";

    private static final String CHOICE = "console";
    private static final String FOLDER = "console";
    private static final HostPath ROTATION = HostPath.of("/etc/logrotate.d/tengil");
    private static final int READABLE = 0644;

    /** LXC keeps the file open and appends to it, so it is copied and emptied in place. */
    private static final String RULES = """
            # Written by tengil: what the programs of containers print is kept to about 20 MiB for each.
            /var/lib/tengil/*/console/*.log {
                size 10M
                rotate 1
                copytruncate
                missingok
                notifempty
                nocompress
            }
            """;

    private ConsoleLog() {}

    /** Chooses the file of a container that is made from an image, and keeps an earlier choice. */
    static void choose(Scope scope, VmId vmid, boolean image) {
        String chosen = scope.chosen(CHOICE);
        if (image && (chosen != null || scope.made())) {
            scope.choices.put(
                    CHOICE, file(scope.context.applied().stack(), vmid).value());
        }
    }

    private static HostPath file(String stack, VmId vmid) {
        return StateFolder.of(stack).resolve(FOLDER).resolve(vmid + ".log");
    }

    /** The container's file; null when nothing is kept. */
    static @Nullable HostPath of(Container container) {
        String raw = container.raw().get(KEY);
        String chosen = raw != null ? raw : container.choices().get(CHOICE);
        return chosen == null ? null : HostPath.of(chosen);
    }

    /** The folder must be there: LXC starts no container whose log it cannot open. */
    static List<Operation> prepared(Container container) {
        HostPath file = of(container);
        return file == null || container.raw().containsKey(KEY)
                ? List.of()
                : List.of(
                        Operation.Run.of(
                                "make directory " + file.parent(),
                                Command.changes(
                                        "mkdir",
                                        "-p",
                                        "-m",
                                        "0700",
                                        "--",
                                        file.parent().value())),
                        new Operation.Write(
                                "let logrotate cut what containers print",
                                new FileWrite(ROTATION, Bytes.utf8(RULES), READABLE),
                                null));
    }

    /** The line of the config. */
    static List<ConfEdit> edits(Container container) {
        HostPath file = of(container);
        return file == null || container.raw().containsKey(KEY)
                ? List.of()
                : List.of(new ConfEdit.SetRaw(KEY, file.value()));
    }

    /** The log of a container that is destroyed: another of its number is not to begin with it. */
    static List<Operation> removed(AppliedResource left) {
        String file = left.choice(CHOICE);
        return file == null ? List.of() : List.of(new Operation.Remove("remove what it printed", HostPath.of(file)));
    }
}
