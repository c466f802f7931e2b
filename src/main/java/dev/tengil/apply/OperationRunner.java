package dev.tengil.apply;

import dev.tengil.host.Bytes;
import dev.tengil.host.Command;
import dev.tengil.host.GuestConfReplace;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.HostFile;
import dev.tengil.host.Result;
import dev.tengil.model.HostPath;
import dev.tengil.resource.ConfEdit;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import dev.tengil.resource.facts.GuestConf;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one operation on a host and says what went wrong, or null. */
final class OperationRunner {

    private static final int CONF_ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Host host;
    private final Consumer<Event> events;
    private final Pauses pauses;
    private final Programs programs;

    OperationRunner(Host host, Consumer<Event> events, Pauses pauses) {
        this.host = host;
        this.events = events;
        this.pauses = pauses;
        this.programs = new Programs(host, events, pauses);
    }

    @Nullable
    Failure run(Step step, Operation operation) {
        try {
            return switch (operation) {
                case Operation.Run run -> programs.run(step, run);
                case Operation.Pull pull -> programs.pull(step, pull);
                case Operation.Unpack unpack -> programs.unpack(step, unpack);
                case Operation.Write write -> write(write);
                case Operation.MakeDirectory make -> made(make);
                case Operation.Remove remove -> {
                    host.remove(remove.file());
                    yield null;
                }
                case Operation.EditConf edit -> editConf(step, edit);
                case Operation.EnsureMounted guard -> ensureMounted(guard);
                case Operation.Await await -> await(await);
                case Operation.Steady steady -> steady(steady);
                case Operation.AwaitHealth health -> new HealthWait(host, pauses).run(health);
                case Operation.Show _ -> null;
                case Operation.EnsureOurs ours -> ensureOurs(ours);
                case Operation.DataBack back -> dataBack(back);
            };
        } catch (HostException e) {
            String message = e.getMessage() == null ? "the host did not answer" : e.getMessage();
            String advice = e.kind() == HostException.Kind.UNKNOWN_OUTCOME
                    ? "It may or may not have happened. Run tg apply again: it looks first."
                    : Advice.on(message);
            return new Failure(operation, message, null, null, advice, isLost(e));
        }
    }

    private static boolean isLost(HostException e) {
        return switch (e.kind()) {
            case UNREACHABLE, UNKNOWN_HOST_KEY, LOCK_LOST -> true;
            case UNKNOWN_OUTCOME, FILE, UNSAFE_FOLDER, INTERRUPTED -> false;
        };
    }

    private @Nullable Failure made(Operation.MakeDirectory make) throws HostException {
        Result result = host.run(make.command());
        return result.exit() == 0
                ? null
                : new Failure(
                        make,
                        make.path() + " could not be made",
                        make.typed().getFirst(),
                        result,
                        Advice.on(result.err()));
    }

    private @Nullable Failure write(Operation.Write write) throws HostException {
        String expected = write.expected();
        if (expected != null) {
            HostPath path = write.file().path();
            HostFile present = host.read(List.of(path)).get(path);
            String found = present == null ? "" : present.content().digest("SHA-256");
            // Our own content standing there already is an earlier attempt that was cut off behind this very write.
            if (!found.equals(expected)
                    && (present == null
                            || !present.content().equals(write.file().content()))) {
                return new Failure(
                        write,
                        path + " was changed by somebody else since the plan was made",
                        null,
                        null,
                        "Run tg plan again and look at the difference.");
            }
        }
        host.write(write.file());
        return null;
    }

    /** Whether a file has this content already, so that writing it would only be a way to fail. */
    boolean stands(Operation.Write write) {
        try {
            HostPath path = write.file().path();
            HostFile present = host.read(List.of(path)).get(path);
            return present != null
                    && present.content().equals(write.file().content())
                    && present.mode() == write.file().mode();
        } catch (HostException e) {
            return false;
        }
    }

    private @Nullable Failure editConf(Step step, Operation.EditConf edit) throws HostException {
        HostPath path = GuestConfReplace.file(edit.vmid());
        for (int attempt = 1; ; attempt++) {
            HostFile file = host.read(List.of(path)).get(path);
            if (file == null) {
                return new Failure(edit, "container " + edit.vmid() + " does not exist", null, null, null);
            }
            String text = file.content().latin1();
            if (text.lines().takeWhile(line -> !line.startsWith("[")).anyMatch(line -> line.startsWith("lock:"))) {
                return new Failure(
                        edit,
                        "container " + edit.vmid() + " is locked by Proxmox",
                        null,
                        null,
                        Advice.on("CT is locked"));
            }
            // The file is read and written byte for byte; our own texts are put in as UTF-8.
            String edited = ConfText.edited(text, ConfBytes.encoded(edit.edits()));
            if (edited.equals(text)) {
                return null;
            }
            Command command = GuestConfReplace.command(edit.vmid(), file.content(), Bytes.latin1(edited))
                    .withRedactions(secrets(edit));
            Result result = host.run(command);
            if (result.exit() == 0) {
                return null;
            }
            boolean worthAnotherTry = result.exit() == GuestConfReplace.CHANGED_MEANWHILE || result.exit() == 1;
            if (!worthAnotherTry || attempt == CONF_ATTEMPTS) {
                return new Failure(
                        edit,
                        "the config of container " + edit.vmid() + " could not be replaced",
                        command,
                        result,
                        Advice.on(result.err()));
            }
            events.accept(new Event.Retrying(step, "somebody else edits the container", attempt));
            pauses.pause(PAUSE);
        }
    }

    private static Set<String> secrets(Operation.EditConf edit) {
        Set<String> secrets = new HashSet<>();
        for (ConfEdit each : edit.edits()) {
            if (each instanceof ConfEdit.SetEnv set && set.secret() != null) {
                secrets.add(set.secret().reveal());
            }
        }
        return secrets;
    }

    private @Nullable Failure ensureMounted(Operation.EnsureMounted guard) throws HostException {
        Command look = Command.reads(
                "zfs",
                "get",
                "-Hp",
                "-o",
                "property,value",
                "mounted,mountpoint",
                guard.dataset().value());
        Result result = host.run(look);
        if (result.exit() == 0) {
            List<String> lines = result.out().lines().toList();
            if (lines.contains("mounted\tyes") && lines.contains("mountpoint\t" + guard.mountpoint())) {
                return null;
            }
        }
        return new Failure(
                guard,
                "the dataset " + guard.dataset() + " is not mounted at " + guard.mountpoint()
                        + ", so nothing is done there",
                look,
                result,
                "See: zfs get mounted,mountpoint,keystatus " + guard.dataset());
    }

    private @Nullable Failure await(Operation.Await await) throws HostException {
        Duration waited = Duration.ZERO;
        while (true) {
            Result result = host.run(await.look());
            String problem = Programs.problem(await.look(), await.judge(), result);
            if (problem == null) {
                return null;
            }
            if (waited.compareTo(await.patience()) >= 0) {
                return new Failure(
                        await,
                        problem + " (waited " + await.patience().toSeconds() + " s)",
                        await.look(),
                        result,
                        Advice.on(result.err()));
            }
            pauses.pause(PAUSE);
            waited = waited.plus(PAUSE);
        }
    }

    private @Nullable Failure steady(Operation.Steady steady) throws HostException {
        Duration watched = Duration.ZERO;
        while (true) {
            Result result = host.run(steady.look());
            String problem = Programs.problem(steady.look(), steady.judge(), result);
            if (problem != null) {
                return new Failure(steady, problem, steady.look(), result, Advice.on(result.err()));
            }
            if (watched.compareTo(steady.time()) >= 0) {
                return null;
            }
            pauses.pause(PAUSE);
            watched = watched.plus(PAUSE);
        }
    }

    /** What a look finds, for a person; nothing when it cannot be had. */
    List<String> shown(Operation.Show show) {
        try {
            Result result = host.run(show.look());
            return result.exit() == 0 ? result.out().lines().toList() : List.of();
        } catch (HostException e) {
            return List.of();
        }
    }

    private @Nullable Failure ensureOurs(Operation.EnsureOurs ours) throws HostException {
        HostPath path = GuestConfReplace.file(ours.vmid());
        HostFile file = host.read(List.of(path)).get(path);
        String tags =
                file == null ? null : GuestConf.parse(file.content().latin1()).option("tags");
        if (file == null || (tags != null && List.of(tags.split("[;, ]+", -1)).contains(ours.tag()))) {
            return null;
        }
        return new Failure(
                ours,
                "container " + ours.vmid() + " does not carry the tag " + ours.tag() + " and is left alone",
                null,
                null,
                "Somebody may have taken the number, or Proxmox was cut off while it made the container. See: pct config "
                        + ours.vmid());
    }

    private @Nullable Failure dataBack(Operation.DataBack back) throws HostException {
        String snapshot = back.dataset() + "@" + back.snapshot();
        Command look = Command.reads(
                "zfs",
                "list",
                "-H",
                "-o",
                "name",
                "-t",
                "snapshot",
                "-d",
                "1",
                "-s",
                "createtxg",
                back.dataset().value());
        Result seen = host.run(look);
        List<String> names = seen.out().lines().toList();
        if (seen.exit() != 0 || !names.contains(snapshot)) {
            return new Failure(back, "the snapshot " + snapshot + " is not there any more", look, seen, null);
        }
        boolean newest = names.getLast().equals(snapshot);
        Command command = back.alone() && newest
                ? Command.changes("zfs", "rollback", snapshot)
                : Command.changes(
                        "zfs",
                        "clone",
                        "-o",
                        "readonly=on",
                        snapshot,
                        back.beside().value());
        Result result = host.run(command);
        if (result.exit() != 0) {
            return new Failure(
                    back, "zfs failed with exit code " + result.exit(), command, result, Advice.on(result.err()));
        }
        if (!back.alone() || !newest) {
            events.accept(new Event.Warning("the data of " + back.dataset()
                    + " is left as the new version made it, since "
                    + (back.alone() ? "it has newer snapshots" : "others use it too") + ". As it was before, it is "
                    + back.beside()
                    + ". To take single files back, copy them from there; to go back wholly, stop all that"
                    + " use it: zfs rollback -r " + snapshot));
        }
        return null;
    }
}
