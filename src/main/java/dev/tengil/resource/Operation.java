package dev.tengil.resource;

import dev.tengil.host.Command;
import dev.tengil.host.FileWrite;
import dev.tengil.host.ImagePull;
import dev.tengil.host.Result;
import dev.tengil.model.DatasetName;
import dev.tengil.model.HostPath;
import dev.tengil.model.VmId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One command, file write, config edit, guard or wait. Data, not code: it can be printed, journaled, or run. */
public sealed interface Operation {

    /** What it does, in the imperative, for the person who watches: {@code create dataset tank/media}. */
    String title();

    /**
     * A program start.
     *
     * @param judge more than the exit code decides; null when the exit code does
     * @param streamed whether its output is shown while it runs (post_install, pulls)
     */
    record Run(String title, Command command, @Nullable Judge judge, boolean streamed) implements Operation {

        public static Run of(String title, Command command) {
            return new Run(title, command, null, false);
        }
    }

    /**
     * Brings an image into an archive.
     *
     * @param from where to get it, the first that works counts; at least one
     * @param logins null for those that the host has
     * @param size what is to be transferred; null when nobody has asked the registry
     */
    record Pull(
            String title,
            HostPath archive,
            List<ImagePull.From> from,
            ImagePull.@Nullable Logins logins,
            @Nullable PullSize size)
            implements Operation {
        private static final Duration PATIENCE = Duration.ofHours(1);

        public Pull {
            from = List.copyOf(from);
        }

        /** What is run. */
        public Command command() {
            return ImagePull.command(archive, from, logins).withDeadline(PATIENCE);
        }

        /** The same as a person would type it, one of which has to work. */
        public List<Command> typed() {
            Set<String> hidden = logins == null ? Set.of() : logins.hidden();
            return from.stream()
                    .map(each -> each.typed(archive).withRedactions(hidden))
                    .toList();
        }
    }

    /**
     * Unpacks an image into a new container, its output streamed. Proxmox refuses one whose os-release names a system that it does not know
     * (Setup.pm, autodetect_type), and clears up; then once more without its help for the system.
     */
    record Unpack(String title, Command command) implements Operation {

        private static final String REFUSED = "unable to detect OS distribution";

        /** Whether Proxmox ended with that refusal. */
        public static boolean isUnknownSystem(Result result) {
            return result.err().contains(REFUSED);
        }

        /** The same, and Proxmox writes no hosts, hostname and resolv.conf into it. */
        public Command unmanaged() {
            List<String> argv = new ArrayList<>(command.argv());
            argv.addAll(List.of("--ostype", "unmanaged"));
            return Command.changes(argv).withDeadline(command.deadline());
        }
    }

    /**
     * Puts a whole file in place.
     *
     * @param expected SHA-256 of what stood there when the plan was made, empty for "no file"; null when it does not matter. Another
     *     content stops the step: somebody edited the file meanwhile
     */
    record Write(String title, FileWrite file, @Nullable String expected) implements Operation {}

    /**
     * Makes a directory in a mounted dataset without following links on the way, with what is missing above it.
     *
     * @param top the dataset's mountpoint
     * @param owner of the last; null leaves it root's
     * @param mode of the last; null leaves it 0755
     */
    record MakeDirectory(
            String title,
            HostPath top,
            HostPath path,
            @Nullable Owner owner,
            @Nullable Integer mode) implements Operation {

        /** What is run. */
        public Command command() {
            return dev.tengil.host.MakeDirectory.command(
                    top, path, owner == null ? "" : owner.toString(), mode == null ? "" : DirectoryMode.argument(mode));
        }

        /** The same as a person would type it, who knows what lies there. */
        public List<Command> typed() {
            List<Command> commands = new ArrayList<>();
            commands.add(Command.changes("mkdir", "-p", "--", path.value()));
            if (owner != null) {
                commands.add(Command.changes("chown", "-h", owner.toString(), "--", path.value()));
            }
            if (mode != null) {
                commands.add(Command.changes("chmod", DirectoryMode.argument(mode), "--", path.value()));
            }
            return commands;
        }
    }

    /** Removes one file of ours. */
    record Remove(String title, HostPath file) implements Operation {}

    /** Changes a container's config under Proxmox's own lock, leaving every other line as it is. */
    record EditConf(String title, VmId vmid, List<ConfEdit> edits) implements Operation {
        public EditConf {
            edits = List.copyOf(edits);
        }
    }

    /** Stops the step unless this path is the mountpoint of exactly this dataset, mounted. */
    record EnsureMounted(String title, DatasetName dataset, HostPath mountpoint) implements Operation {}

    /** Repeats a look until it is judged well or the time is over. */
    record Await(String title, Command look, Judge judge, Duration patience) implements Operation {}

    /** Repeats a look for this long and stops the step when it is once not judged well: a program may end soon after its start. */
    record Steady(String title, Command look, Judge judge, Duration time) implements Operation {}

    /**
     * Asks a container whether what it is for works, again and again until it does or has failed once too often.
     *
     * @param name as the file names it
     */
    record AwaitHealth(String title, VmId vmid, String name, HealthCheck check) implements Operation {

        public static AwaitHealth of(VmId vmid, String name, HealthCheck check) {
            return new AwaitHealth("wait until " + name + " (" + vmid + ") is healthy", vmid, name, check);
        }
    }

    /** Looks for the person who will ask why: the last lines are shown with the failure. Finding nothing is no failure. */
    record Show(String title, Command look) implements Operation {}

    /**
     * Puts the data of a dataset back as a snapshot has it: by a rollback when nobody else uses the dataset and the snapshot is its newest,
     * so that nothing else is lost by it; otherwise by a read-only clone beside it, and a word on the choices.
     *
     * @param alone whether nobody else uses it
     */
    record DataBack(String title, DatasetName dataset, String snapshot, DatasetName beside, boolean alone)
            implements Operation {}

    /** Stops the step unless this container carries our tag, or is not there at all: somebody may have taken its number. */
    record EnsureOurs(String title, VmId vmid, String tag) implements Operation {}
}
