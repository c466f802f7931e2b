package dev.tengil.apply;

import dev.tengil.host.Command;
import dev.tengil.host.Host;
import dev.tengil.host.HostException;
import dev.tengil.host.ImagePull;
import dev.tengil.host.Result;
import dev.tengil.resource.Judge;
import dev.tengil.resource.Operation;
import dev.tengil.resource.Step;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts a program on a host, tells what it prints, and tries again where another attempt may end otherwise. */
final class Programs {

    /** Proxmox gives up on its locks after ten seconds; a backup may hold one for long, a GUI click only briefly. */
    private static final int LOCK_ATTEMPTS = 6;

    /** 128 and the number of SIGKILL, which neither the program nor tengil sends for itself. */
    private static final int KILLED = 137;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Host host;
    private final Consumer<Event> events;
    private final Pauses pauses;

    Programs(Host host, Consumer<Event> events, Pauses pauses) {
        this.host = host;
        this.events = events;
        this.pauses = pauses;
    }

    @Nullable
    Failure pull(Step step, Operation.Pull pull) throws HostException {
        Command command = pull.command();
        Result result = host.run(command, line -> {
            ImagePull.Progress progress = ImagePull.Progress.read(line);
            events.accept(
                    progress == null
                            ? new Event.Output(step, hide(command, line))
                            : new Event.Pulling(step, progress.bytes(), progress.blobs(), pull.size()));
        });
        String problem = problem(command, null, result);
        return problem == null
                ? null
                : new Failure(
                        pull,
                        problem.replaceFirst("^perl", "skopeo"),
                        pull.typed().getFirst(),
                        result,
                        advice(result));
    }

    @Nullable
    Failure unpack(Step step, Operation.Unpack unpack) throws HostException {
        Failure failure = run(step, new Operation.Run(unpack.title(), unpack.command(), null, true));
        if (failure == null || failure.result() == null || !Operation.Unpack.isUnknownSystem(failure.result())) {
            return failure;
        }
        events.accept(new Event.Output(step, "Proxmox does not know the system in it; once more as unmanaged"));
        return run(step, new Operation.Run(unpack.title(), unpack.unmanaged(), null, true));
    }

    @Nullable
    Failure run(Step step, Operation.Run run) throws HostException {
        for (int attempt = 1; ; attempt++) {
            Result result = run.streamed()
                    ? host.run(run.command(), line -> events.accept(new Event.Output(step, hide(run.command(), line))))
                    : host.run(run.command());
            String problem = problem(run.command(), run.judge(), result);
            if (problem == null) {
                return null;
            }
            boolean busy = result.err().contains("got timeout") && result.err().contains("lock");
            if (!busy || attempt == LOCK_ATTEMPTS) {
                return new Failure(run, problem, run.command(), result, advice(result));
            }
            events.accept(new Event.Retrying(step, "Proxmox holds a lock", attempt));
            pauses.pause(PAUSE.multipliedBy(attempt));
        }
    }

    private static @Nullable String advice(Result result) {
        return switch (result.exit()) {
            case Result.DEADLINE_EXIT ->
                "It may or may not have happened. Look on the host what it waited for, then run tg apply again.";
            case KILLED ->
                "It may or may not have happened. If memory ran out there, dmesg says so. Run tg apply again: it"
                        + " looks first.";
            default -> Advice.on(result.err() + "\n" + result.out());
        };
    }

    /** What is wrong with how a command ended; null when nothing is. */
    static @Nullable String problem(Command command, @Nullable Judge judge, Result result) {
        if (!command.okExits().contains(result.exit())) {
            return command.program()
                    + switch (result.exit()) {
                        case Result.DEADLINE_EXIT ->
                            " did not finish in " + command.deadline().toSeconds() + " s and was stopped";
                        case KILLED -> " was killed on the host";
                        default -> " failed with exit code " + result.exit();
                    };
        }
        return judge == null ? null : judge.problem(result);
    }

    private static String hide(Command command, String line) {
        String shown = line;
        for (String secret : command.redactions()) {
            shown = secret.isEmpty() ? shown : shown.replace(secret, "‹secret›");
        }
        return shown;
    }
}
